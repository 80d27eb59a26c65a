/// A point in time: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
package struct Instant: Hashable, Comparable, Sendable, Codable {
  package var seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  package static func < (one: Instant, other: Instant) -> Bool { one.seconds < other.seconds }
  package static func + (instant: Instant, seconds: Int) -> Instant {
    Instant(seconds: instant.seconds + Int64(seconds))
  }
  package static func - (instant: Instant, seconds: Int) -> Instant { instant + (-seconds) }
  /// The distance in seconds.
  package static func - (one: Instant, other: Instant) -> Int { Int(one.seconds - other.seconds) }

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
  /// Seconds in so many minutes.
  package static func minutes(_ count: Int) -> Int { count * 60 }
  /// Seconds in so many hours.
  package static func hours(_ count: Int) -> Int { count * 3_600 }
  /// Seconds in so many days of 24 hours; civil days may be longer or shorter.
  package static func days(_ count: Int) -> Int { count * 86_400 }
}

/// Where `now` comes from; passed in everywhere, so that tests choose the time.
package protocol TimeSource: Sendable {
  func now() -> Instant
}
