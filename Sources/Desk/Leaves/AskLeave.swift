import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// Asks for leave to do more than one's role lets, for a time; those who may say yes are told at once (R22).
  ///
  /// Whoever is signed in may ask, for a choice of a closed set that holds no strong verb. One question of a person waits at
  /// a time, at most for a day.
  ///
  /// - Throws: `.invalid` at `wish`, `minutes` and `reason`; `.tooMany` while a question waits; `.notAllowed` where nobody
  ///   else could say yes.
  package func askLeave(
    _ wish: String?,
    minutes: Int?,
    because reason: String?,
    by person: StaffPerson
  ) async throws -> Identifier {
    try await requireAdmitted(person, .leaveAsked, for: .administration)
    let (now, timetable) = (clock.now(), try await timetable())
    let asked: (wish: LeaveWish, minutes: Int, reason: String)
    do throws(Refusal) {
      var check = FieldCheck()
      let wish = wish.flatMap(LeaveWish.init(rawValue:))
      if wish == nil { check.add("wish", .notAChoice) }
      let minutes = minutes.flatMap { LeaveRule.lengths.contains($0) ? $0 : nil }
      if minutes == nil { check.add("minutes", .notAChoice) }
      let said = Desk.reason(reason, &check)
      try check.finish()
      guard let wish, let minutes, let said else { throw Refusal(.invalid) }
      asked = (wish, minutes, said)
    } catch {
      try await refuse(.leaveAsked, by: person.actor, for: .administration, error)
    }
    let id = Identifier(at: now)
    let row = LeaveRow(
      id: id,
      staff: person.id,
      kind: .given,
      verbs: asked.wish.verbs,
      level: asked.wish.level,
      reason: try await sealedReason(asked.reason, of: person, at: id, .leaveAsked),
      minutes: asked.minutes,
      askedAt: now
    )
    try await act(.leaveAsked, by: person.actor, for: .administration) { [self] changes, detail in
      try changes.hold([.access(person.id)])
      let earlier = try changes.leaves(of: person.id, since: now - LeaveRule.patience)
      guard !earlier.contains(where: { $0.isWaiting(now: now) }) else { throw Refusal(.tooMany) }
      let approvers = try approvers(besides: person.id, timetable, changes, now)
      guard !approvers.isEmpty else { throw Refusal(.notAllowed) }
      try changes.add(row)
      for approver in approvers {
        try changes.post(notice(.leaveAsked, to: approver, about: id, "", now))
      }
      detail.touch(leave: id)
      detail.touch(staff: person.id)
    }
    return id
  }

  /// Opens half an hour at once, over everything, because somebody cannot wait: all owners are told at once, and somebody
  /// else looks at it afterwards (R27).
  ///
  /// A second one before the first was looked at is an emergency all the same.
  ///
  /// - Throws: `.notAllowed` to a role without the verb; `.invalid` at `emergency-reason`; `.tooMany` after three in a day.
  package func openEmergency(because reason: String?, by person: StaffPerson) async throws -> Identifier {
    let (now, timetable) = (clock.now(), try await timetable())
    try await require(
      .breakGlass,
      by: person,
      on: target(workOf: person.id, timetable),
      .emergencyOpened,
      for: .administration
    )
    let said: String
    do throws(Refusal) {
      var check = FieldCheck()
      let reason = Desk.reason(reason, &check, at: "emergency-reason")
      try check.finish()
      guard let reason else { throw Refusal(.invalid) }
      said = reason
    } catch {
      try await refuse(.emergencyOpened, by: person.actor, for: .administration, error)
    }
    let id = Identifier(at: now)
    let row = LeaveRow(
      id: id,
      staff: person.id,
      kind: .emergency,
      verbs: LeaveRule.emergencyVerbs,
      level: LeaveRule.emergencyLevel,
      reason: try await sealedReason(said, of: person, at: id, .emergencyOpened),
      minutes: LeaveRule.emergencyLength,
      askedAt: now,
      until: now + .minutes(LeaveRule.emergencyLength)
    )
    try await act(.emergencyOpened, by: person.actor, for: .administration) { [self] changes, detail in
      try changes.hold([.access(person.id)])
      let earlier = try changes.leaves(of: person.id, since: now - LeaveRule.emergencyPeriod + 1)
        .filter { $0.kind == .emergency }
      guard earlier.count < LeaveRule.mostEmergencies else { throw Refusal(.tooMany) }
      try changes.add(row)
      let told = try owners(timetable, changes) + approvers(besides: person.id, timetable, changes, now)
      for reader in Set(told).subtracting([person.id]).sorted() {
        try changes.post(notice(.emergency, to: reader, about: id, "", now))
      }
      detail.touch(leave: id)
      detail.touch(staff: person.id)
    }
    sessions.forgetAll()
    return id
  }

  /// Who else may say yes now, of those who can sign in.
  func approvers(
    besides person: Slug,
    _ timetable: Timetable,
    _ records: any Records,
    _ now: Instant
  ) throws -> [Slug] {
    let active = Set(try records.staffAccounts().filter(\.active).map(\.id))
    let standings = try records.standings()
    return timetable.business.staff.filter { member in
      let holder = Holder(member, timetable, reviewDueAt: standings[member.id]?.reviewDueAt)
      return member.id != person && active.contains(member.id)
        && holder.decide(.approveAccess, on: .business, now: now).isGranted
    }.map(\.id)
  }

  /// Nil after adding what is wrong with it.
  static func reason(_ typed: String?, _ check: inout FieldCheck, at path: String = "reason") -> String? {
    guard let text = check.text(typed, at: path, atMost: LeaveRule.longestReason, required: true) else {
      return nil
    }
    guard text.unicodeScalars.count >= LeaveRule.shortestReason else {
      check.add(path, .tooShort)
      return nil
    }
    return text
  }

  private func sealedReason(
    _ reason: String,
    of person: StaffPerson,
    at id: Identifier,
    _ name: ActName
  ) async throws -> Sealed {
    guard let account = try await store.ask({ try $0.staffAccount(person.id) }),
      let keys = try await keys.open(account.subject)
    else { try await refuse(name, by: person.actor, for: .administration, Refusal(.unknown)) }
    return try keys.seal(reason, at: LeaveRow.reasonCell(id))
  }
}
