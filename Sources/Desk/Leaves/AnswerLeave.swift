import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// Says yes to somebody else's question: their leave is open from now on, on every server within a second, and ends by
  /// itself.
  ///
  /// - Parameter minutes: at most what was asked for.
  /// - Throws: `.notAllowed` to who asked, and within a day after one's sign-in was set up by an invite that they could have made; `.unknown` for none; `.alreadyEnded` for one that was answered, taken back or is
  ///   older than a day; `.invalid` at `minutes`; `.stepUpRequired`.
  package func giveLeave(_ id: Identifier, minutes: Int?, by person: StaffPerson) async throws {
    try await answer(id, .leaveGiven, "given", by: person) { row throws(Refusal) in
      guard let minutes, (1...row.minutes).contains(minutes), minutes <= LeaveRule.longest else {
        throw Refusal.invalid("minutes", .notAChoice)
      }
      return minutes
    }
  }

  /// Says no. Refused like the yes.
  package func declineLeave(_ id: Identifier, by person: StaffPerson) async throws {
    try await answer(id, .leaveDeclined, "declined", by: person) { _ throws(Refusal) in nil }
  }

  private func answer(
    _ id: Identifier,
    _ name: ActName,
    _ word: String,
    by person: StaffPerson,
    _ minutes: @escaping @Sendable (LeaveRow) throws(Refusal) -> Int?
  ) async throws {
    let now = clock.now()
    try await act(name, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.approveAccess, person, on: .business)
      let row = try held(id, changes)
      detail.touch(leave: id)
      detail.touch(staff: row.staff)
      guard row.staff != person.id else { throw Refusal(.notAllowed) }
      guard row.isWaiting(now: now) else { throw Refusal(.alreadyEnded) }
      let until = try minutes(row).map { now + .minutes($0) }
      guard try until == nil || isSettled(person.id, for: row.staff, changes) else {
        throw Refusal(.notAllowed)
      }
      guard try changes.answerLeave(id, until: until, by: person.id, at: now) else {
        throw Refusal(.alreadyEnded)
      }
      try changes.post(notice(.leaveAnswered, to: row.staff, about: id, word, now))
    }
    sessions.forgetAll()
  }

  /// Ends leave before its time, or takes a question back: the person it is given to, or whoever says yes here.
  ///
  /// - Throws: `.unknown` for none, and for somebody else's to whom may not; `.alreadyEnded`.
  package func endLeave(_ id: Identifier, by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.leaveEnded, by: person.actor, for: .administration) { [self] changes, detail in
      try admit(person)
      let row = try held(id, changes)
      if row.staff != person.id {
        guard person.holder.decide(.approveAccess, on: .business, now: now).isGranted else {
          throw Refusal(.unknown)
        }
        try permit(.approveAccess, person, on: .business)
      }
      detail.touch(leave: id)
      detail.touch(staff: row.staff)
      guard row.isWaiting(now: now) || row.isOpen(now: now), try changes.endLeave(id, by: person.id, at: now)
      else { throw Refusal(.alreadyEnded) }
      if row.staff != person.id {
        try changes.post(notice(.leaveAnswered, to: row.staff, about: id, "ended", now))
      }
    }
    sessions.forgetAll()
  }

  /// Gives back all that one has beyond one's role, emergencies too.
  ///
  /// - Throws: `.alreadyEnded` where there is nothing.
  package func giveLeaveBack(by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.leaveEnded, by: person.actor, for: .administration) { [self] changes, detail in
      try admit(person)
      try changes.hold([.access(person.id)])
      let open = try changes.leaves(of: person.id, since: now - .days(2)).filter { $0.isOpen(now: now) }
      guard !open.isEmpty else { throw Refusal(.alreadyEnded) }
      for row in open {
        _ = try changes.endLeave(row.id, by: person.id, at: now)
        detail.touch(leave: row.id)
      }
      detail.touch(staff: person.id)
    }
    sessions.forgetAll()
  }

  /// Says what an emergency came to. Whoever had it cannot: somebody else does (R27).
  ///
  /// - Throws: `.notAllowed` to who had it; `.unknown`; `.tooEarly` while it is open; `.alreadyEnded` for one that was
  ///   reviewed; `.invalid` at `review`, and at `note` where it is not in order and nothing is said.
  package func reviewEmergency(
    _ id: Identifier,
    as word: String?,
    note: String?,
    by person: StaffPerson
  ) async throws {
    let now = clock.now()
    try await require(.approveAccess, by: person, .emergencyReviewed, for: .administration)
    let (review, said): (LeaveReview, String?)
    do throws(Refusal) {
      var check = FieldCheck()
      let wanted = word.flatMap(LeaveReview.init(rawValue:))
      if wanted == nil { check.add("review", .notAChoice) }
      said = check.text(
        note,
        at: "note",
        atMost: LeaveRule.longestReason,
        required: wanted == .notInOrder
      )
      try check.finish()
      guard let wanted else { throw Refusal(.invalid) }
      review = wanted
    } catch {
      try await refuse(.emergencyReviewed, by: person.actor, for: .administration, error)
    }
    let sealed = try await sealedNote(said, of: id)
    try await act(.emergencyReviewed, by: person.actor, for: .administration) { [self] changes, detail in
      let row = try held(id, changes)
      guard row.kind == .emergency else { throw Refusal(.unknown) }
      detail.touch(leave: id)
      detail.touch(staff: row.staff)
      guard try row.staff != person.id && isSettled(person.id, for: row.staff, changes) else {
        throw Refusal(.notAllowed)
      }
      guard !row.isOpen(now: now) else { throw Refusal(.tooEarly) }
      guard try changes.reviewLeave(id, as: review, note: sealed, by: person.id, at: now) else {
        throw Refusal(.alreadyEnded)
      }
    }
  }

  /// Held by the way in of whoever it is given to, and read again: whose it is never changes, what became of it may have.
  private func held(_ id: Identifier, _ changes: any Changes) throws -> LeaveRow {
    guard let staff = try changes.leave(id)?.staff else { throw Refusal(.unknown) }
    try changes.hold([.access(staff)])
    guard let row = try changes.leave(id) else { throw Refusal(.unknown) }
    return row
  }

  private func sealedNote(_ note: String?, of id: Identifier) async throws -> Sealed? {
    guard let note,
      let account = try await store.read({ records in
        try records.leave(id).flatMap { try records.staffAccount($0.staff) }
      })
    else { return nil }
    return try await keys.open(account.subject)?.seal(note, at: LeaveRow.noteCell(id))
  }
}
