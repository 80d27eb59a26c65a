import Audit
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
  func permit(_ verb: Verb, _ person: StaffPerson, touching staff: Slug?) throws(Refusal) {
    _ = try Permit.decide(verb, by: person.role, touching: Whose(staff, for: person.id)).get()
  }

  /// Whether a page should offer something; the act asks again.
  package func may(_ verb: Verb, _ person: StaffPerson, touching staff: Slug? = nil) -> Bool {
    if case .granted = Permit.decide(verb, by: person.role, touching: Whose(staff, for: person.id)) {
      return true
    }
    return false
  }
}
