import Foundation
import Primitives

/// The machine's clock.
struct SystemClock: TimeSource {
  func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec))
  }
}
