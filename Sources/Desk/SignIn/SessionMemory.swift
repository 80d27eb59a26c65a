import People
import Primitives
import Storage
import Synchronization

/// Sessions this process has lately seen in the database, so that a request need not ask again.
///
/// Ending a session here is effective at once; one ended by another process is noticed within ``lifetime``.
final class SessionMemory: Sendable {
  /// Half a second: well inside the one second in which a revoked session must be refused everywhere.
  static let lifetime = Duration.milliseconds(500)

  typealias Seen = (
    session: SessionRecord, passwordDue: PasswordDue?, reviewDueAt: Instant?, leaves: [Leave]
  )

  private struct Memory {
    var seen: [[UInt8]: (seen: Seen, at: ContinuousClock.Instant)] = [:]
    /// How often everything was forgotten.
    var generation = 0
  }

  private let memory = Mutex(Memory())

  /// To be taken before the database is asked, so that what it said before a session ended is not kept after.
  var generation: Int { memory.withLock { $0.generation } }

  func find(_ tokenHash: [UInt8]) -> Seen? {
    memory.withLock { memory in
      guard let found = memory.seen[tokenHash], found.at.duration(to: .now) < SessionMemory.lifetime else {
        return nil
      }
      return found.seen
    }
  }

  /// - Parameter asked: when the database was asked.
  func keep(_ seen: Seen, _ tokenHash: [UInt8], asked: ContinuousClock.Instant, _ generation: Int) {
    memory.withLock { memory in
      guard memory.generation == generation else { return }
      if memory.seen.count > 1_000 { memory.seen.removeAll() }
      memory.seen[tokenHash] = (seen, asked)
    }
  }

  func forgetAll() {
    memory.withLock { memory in
      memory.seen.removeAll()
      memory.generation += 1
    }
  }
}
