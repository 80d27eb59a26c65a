import Foundation

/// Waits for one socket; nil when nothing happened in time.
func poll(_ socket: Int32, _ events: Int16, _ patience: Duration) -> Int16? {
  let end = ContinuousClock.now + patience
  while true {
    var one = pollfd(fd: socket, events: events, revents: 0)
    let left = patience == .zero ? 0 : max(1, (end - .now).milliseconds)
    let count = Glibc.poll(&one, 1, Int32(clamping: left))
    if count > 0 { return one.revents }
    if count == 0 || errno != EINTR || ContinuousClock.now >= end { return nil }
  }
}
