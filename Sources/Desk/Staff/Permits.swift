package import Audit
package import Booking
package import People
import Primitives

extension Desk {
  /// The permit for an act, or its recorded refusal.
  ///
  /// - Parameter target: what the act touches.
  @discardableResult
  func require(
    _ verb: Verb,
    by person: StaffPerson,
    on target: Target = .business,
    _ name: ActName,
    for purpose: AuditEntry.Purpose
  ) async throws -> Permit {
    do {
      return try permit(verb, person, on: target)
    } catch {
      try await refuse(name, by: person.actor, for: purpose, error)
    }
  }

  /// The same inside an act's transaction, where the refusal is recorded by the act.
  ///
  /// - Throws: besides what the role may not do, `.locked` and `.passwordDue` for everybody of whom something
  ///   else is asked first, and `.stepUpRequired` for the verbs of ``StepUp``.
  @discardableResult
  func permit(_ verb: Verb, _ person: StaffPerson, on target: Target) throws(Refusal) -> Permit {
    try admit(person)
    let permit = try person.holder.decide(verb, on: target, now: clock.now()).get()
    if StepUp.verbs.contains(verb) { try demandFreshProof(person) }
    return permit
  }

  /// Leave to look at a list: refused to whose role holds nothing of the kind, else how far it reaches now.
  func reach(_ verb: Verb, _ person: StaffPerson) throws(Refusal) -> Extent {
    try admit(person)
    let now = clock.now()
    let extent = person.holder.extent(verb, now: now)
    if extent.isEmpty { throw Refusal(person.holder.isOver(now: now) ? .roleEnded : .notAllowed) }
    return extent
  }

  /// The same before an act, with its recorded refusal.
  func requireReach(
    _ verb: Verb,
    by person: StaffPerson,
    _ name: ActName,
    for purpose: AuditEntry.Purpose
  ) async throws -> Extent {
    do {
      return try reach(verb, person)
    } catch {
      try await refuse(name, by: person.actor, for: purpose, error)
    }
  }

  /// What an act on somebody's work touches; one on nobody's in particular touches the business.
  func target(workOf staff: Slug?, _ timetable: Timetable) -> Target {
    guard let staff else { return .business }
    return timetable.staffMember(staff).map { Target(workOf: $0, in: timetable.business) }
      ?? Target(staff: staff)
  }

  /// Leave to do anything at all; for acts that every role may do, and asked by every permit.
  func admit(_ person: StaffPerson) throws(Refusal) {
    if person.isLocked { throw Refusal(.locked) }
    if person.passwordDue != nil { throw Refusal(.passwordDue) }
  }

  /// The same before an act, with its recorded refusal.
  func requireAdmitted(_ person: StaffPerson, _ name: ActName, for purpose: AuditEntry.Purpose) async throws {
    do {
      try admit(person)
    } catch {
      try await refuse(name, by: person.actor, for: purpose, error)
    }
  }

  /// For acts that change how somebody signs in and that ``StepUp`` has no verb for: a proof of the last five
  /// minutes, or its recorded refusal. Does not mind a password that is due, since changing it is such an
  /// act.
  package func requireFresh(
    _ person: StaffPerson,
    _ name: ActName,
    for purpose: AuditEntry.Purpose
  ) async throws {
    do {
      try demandFreshProof(person)
    } catch {
      try await refuse(name, by: person.actor, for: purpose, error)
    }
  }

  private func demandFreshProof(_ person: StaffPerson) throws(Refusal) {
    if person.isLocked { throw Refusal(.locked) }
    guard StepUp.isFresh(provedAt: person.provedAt, now: clock.now()) else { throw Refusal(.stepUpRequired) }
  }

  /// Whether a page should offer something; the act asks again.
  package func may(_ verb: Verb, _ person: StaffPerson, on target: Target = .business) -> Bool {
    person.holder.decide(verb, on: target, now: clock.now()).isGranted
  }

  /// How far a page may offer something.
  package func extent(_ verb: Verb, _ person: StaffPerson) -> Extent {
    person.holder.extent(verb, now: clock.now())
  }
}
