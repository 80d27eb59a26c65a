import Audit
import Booking
import Primitives
import Storage
import Vault

extension Desk {
  private static let erasedAtOnce = 50

  /// Erases answers whose question said "until" and whose time is over (R8); answers to questions that are no longer
  /// asked go with the first of them.
  ///
  /// - Returns: how many contacts were changed; call again until none.
  package func eraseOverdueAnswers() async throws -> Int {
    let now = clock.now()
    let due = try await store.read { try $0.overdueAnswers(at: now, atMost: Desk.erasedAtOnce) }
    guard !due.isEmpty else { return 0 }
    let timetable = try await timetable()
    let keys = try await keys.open(due.map(\.1.subject))
    var changed = 0
    for (booking, contact) in due {
      guard let keys = keys[contact.subject] else {
        // Without its keys nothing of a contact can be read any more; what is left of the answers only stands in the way.
        try await record(contact) { try $0.dropAnswers(of: contact.subject) }
        changed += 1
        continue
      }
      let lasting = try contact.openAnswers(keys).compactMap { answer -> LastingAnswer? in
        let question = timetable.service(booking.service)?.questions.first { $0.id == answer.question }
        guard let question else { return nil }
        let until = booking.served.end + .days(question.retention)
        return until > now
          ? LastingAnswer(question: answer.question, answer: answer.answer, until: until) : nil
      }
      let kept = try contact.keeping(lasting, keys)
      try await record(contact) { changes in
        guard try changes.update(kept) else { throw Refusal(.stale) }
      }
      changed += 1
    }
    return changed
  }

  private func record(
    _ contact: ContactRecord,
    _ erase: @escaping @Sendable (any Changes) throws -> Void
  ) async throws {
    try await act(.answersErased, by: .server, for: .upkeep) { changes, detail in
      try erase(changes)
      detail.touch(subject: contact.subject)
      detail.fields = [ContactField.answers.rawValue]
    }
  }
}

private struct LastingAnswer {
  let question: Slug
  let answer: String
  let until: Instant
}

extension ContactRecord {
  /// The same contact with these answers only, every cell sealed anew under the next row version.
  fileprivate func keeping(_ lasting: [LastingAnswer], _ keys: SubjectKeys) throws -> ContactRecord {
    func reseal(_ field: ContactField) throws -> Sealed? {
      try open(field, keys).map { try keys.seal($0, at: field.cell(subject, rowVersion: rowVersion + 1)) }
    }
    guard let name = try reseal(.name) else { throw StorageFault.damaged("contact.name") }
    let answers = Answers.text(lasting.map { ($0.question, $0.answer) })
    return ContactRecord(
      subject: subject,
      rowVersion: rowVersion + 1,
      name: name,
      email: try reseal(.email),
      phone: try reseal(.phone),
      address: try reseal(.address),
      answers: lasting.isEmpty
        ? nil : try keys.seal(answers, at: ContactField.answers.cell(subject, rowVersion: rowVersion + 1)),
      answersUntil: lasting.map(\.until).min(),
      madeAt: madeAt,
      confirmedAt: confirmedAt
    )
  }
}
