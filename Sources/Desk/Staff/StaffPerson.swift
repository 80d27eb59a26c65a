package import Booking
package import Primitives
import Storage
import Synchronization

/// A signed-in member of staff: who acts, from which device session, in which role.
package struct StaffPerson: Sendable, Hashable {
  package let id: Slug
  package let name: String
  package let role: Role
  package let session: Identifier

  package var actor: Actor { .staff(id, session: session) }
}

/// Sessions this process has lately seen in the database, so that a request need not ask again.
///
/// Ending a session here is effective at once; one ended by another process is noticed within ``lifetime``.
final class SessionMemory: Sendable {
  /// Half a second: well inside the one second in which a revoked session must be refused everywhere.
  static let lifetime = Duration.milliseconds(500)

  private let seen = Mutex<[[UInt8]: (session: SessionRecord, at: ContinuousClock.Instant)]>([:])

  func find(_ tokenHash: [UInt8]) -> SessionRecord? {
    seen.withLock { seen in
      guard let found = seen[tokenHash], found.at.duration(to: .now) < SessionMemory.lifetime else {
        return nil
      }
      return found.session
    }
  }

  func keep(_ session: SessionRecord, _ tokenHash: [UInt8]) {
    seen.withLock { seen in
      if seen.count > 1_000 { seen.removeAll() }
      seen[tokenHash] = (session, .now)
    }
  }

  func forgetAll() { seen.withLock { $0.removeAll() } }
}
