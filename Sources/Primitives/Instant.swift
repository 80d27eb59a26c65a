/// A point in time: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
package struct Instant: Hashable, Comparable, Sendable, Codable {
  package var seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  package static func < (one: Instant, other: Instant) -> Bool { one.seconds < other.seconds }
  /// What lies beyond any calendar stops at ``farthest``, since a number that somebody sends must never end the server.
  package static func + (instant: Instant, seconds: Int) -> Instant {
    let (sum, overflows) = instant.seconds.addingReportingOverflow(Int64(seconds))
    let end = overflows ? (seconds < 0 ? Int64.min : Int64.max) : sum
    return Instant(seconds: min(max(end, -farthest), farthest))
  }
  package static func - (instant: Instant, seconds: Int) -> Instant { instant + (0 &- seconds) }
  /// The distance in seconds.
  package static func - (one: Instant, other: Instant) -> Int { Int(one.seconds - other.seconds) }

  /// Some 35 million years, in seconds: room to reckon further without an overflow.
  private static let farthest: Int64 = 1 << 50

  package init(from decoder: any Decoder) throws {
    seconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seconds)
  }
}

extension Instant {
  /// Days since 1970 in UTC.
  package var dayNumber: Int { CivilDay.floorDiv(Int(seconds), 86_400) }
}

extension Int {
  /// Seconds in so many minutes; of more than can be counted, the most.
  package static func minutes(_ count: Int) -> Int { product(count, 60) }
  /// Seconds in so many hours.
  package static func hours(_ count: Int) -> Int { product(count, 3_600) }
  /// Seconds in so many days of 24 hours; civil days may be longer or shorter.
  package static func days(_ count: Int) -> Int { product(count, 86_400) }

  private static func product(_ count: Int, _ unit: Int) -> Int {
    let (product, overflows) = count.multipliedReportingOverflow(by: unit)
    // Half of it, so that what is added to it does not overflow either.
    return overflows ? (count < 0 ? Int.min / 2 : Int.max / 2) : product
  }
}

/// Where `now` comes from; passed in everywhere, so that tests choose the time.
package protocol TimeSource: Sendable {
  func now() -> Instant
}
