import Audit
import Booking
import People
package import Primitives
import Storage

extension Desk {
  /// Takes a decoy away for good; its keys are destroyed in the next minutes, as those of everybody who is erased.
  ///
  /// - Throws: `.unknown` for one that is not there, or no longer.
  package func removeDecoy(_ id: Identifier, by person: StaffPerson) async throws {
    try await act(.decoyRemoved, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.manageRoles, person, on: .business)
      guard try changes.removeDecoy(id) else { throw Refusal(.unknown) }
      detail.touch(subject: id)
    }
  }
}
