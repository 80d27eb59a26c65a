import Audit
import Booking
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// Ten new recovery codes in place of all earlier ones, after a fresh proof. They are shown this once; only
  /// keyed hashes are stored.
  package func makeRecoveryCodes(by person: StaffPerson) async throws -> [String] {
    let now = clock.now()
    let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode() }
    try await act(.recoveryCodesMade, by: person.actor, for: .signIn) { [self] changes, detail in
      try permit(.changeOwnAccess, person, on: Target(staff: person.id))
      try changes.hold([.access(person.id)])
      let hashes = codes.map { ring.storedForm(ofRecoveryCode: $0.bytes, of: person.id) }
      try changes.replaceRecoveryCodes(of: person.id, by: hashes, at: now)
      try tell(person.id, .recoveryCodesMade, about: person.session, changes, now)
      detail.touch(staff: person.id)
      detail.count = codes.count
    }
    return codes.map(\.text)
  }
}
