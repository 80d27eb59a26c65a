package import Audit
import Booking
package import People
package import Primitives

extension Desk {
  /// The permit for an act, or its recorded refusal.
  ///
  /// - Parameter staff: whose work the act touches; nil: everybody's.
  func require(
    _ verb: Verb,
    by person: StaffPerson,
    touching staff: Slug? = nil,
    _ name: ActName,
    for purpose: AuditEntry.Purpose
  ) async throws {
    do {
      try permit(verb, person, touching: staff)
    } catch {
      try await refuse(name, by: person.actor, for: purpose, error)
    }
  }

  /// The same inside an act's transaction, where the refusal is recorded by the act.
  ///
  /// - Throws: besides what the role may not do, `.locked` and `.passwordDue` for everybody of whom something
  ///   else is asked first, and `.stepUpRequired` for the verbs of ``StepUp``.
  func permit(_ verb: Verb, _ person: StaffPerson, touching staff: Slug?) throws(Refusal) {
    try admit(person)
    _ = try Permit.decide(verb, by: person.role, touching: Whose(staff, for: person.id)).get()
    if StepUp.verbs.contains(verb) { try demandFreshProof(person) }
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
  package func may(_ verb: Verb, _ person: StaffPerson, touching staff: Slug? = nil) -> Bool {
    if case .granted = Permit.decide(verb, by: person.role, touching: Whose(staff, for: person.id)) {
      return true
    }
    return false
  }
}
