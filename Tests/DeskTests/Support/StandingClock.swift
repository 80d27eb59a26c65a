import Primitives
import Synchronization

/// A clock that stands still until a test moves it.
final class StandingClock: TimeSource {
  private let time: Mutex<Instant>

  init(_ start: Instant) { time = Mutex(start) }

  func now() -> Instant { time.withLock { $0 } }

  func move(_ seconds: Int) { time.withLock { $0 = $0 + seconds } }

  func set(_ instant: Instant) { time.withLock { $0 = instant } }
}
