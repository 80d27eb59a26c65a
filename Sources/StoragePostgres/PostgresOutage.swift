import Synchronization

/// Since when no connection to a server could be had: while that is long ago, nobody waits for it any more.
final class PostgresOutage: Sendable {
  private let since = Mutex<ContinuousClock.Instant?>(nil)

  func began() { since.withLock { $0 = $0 ?? .now } }
  func ended() { since.withLock { $0 = nil } }
  func hasLasted(_ patience: Duration) -> Bool {
    since.withLock { since in since.map { $0.duration(to: .now) > patience } ?? false }
  }
}
