/// A half-open stretch of time `[start, end)`; never empty, never negative.
package struct Interval: Hashable, Sendable {
  package let start: Instant
  package let end: Instant

  /// Refuses (nil) an interval of zero or negative length.
  package init?(start: Instant, end: Instant) {
    guard start < end else { return nil }
    self.start = start
    self.end = end
  }

  /// Length in seconds; at least one.
  package var length: Int { end - start }

  package func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }
  package func contains(_ other: Interval) -> Bool { start <= other.start && other.end <= end }
  /// Touching ends do not overlap.
  package func overlaps(_ other: Interval) -> Bool { start < other.end && other.start < end }
  package func intersection(_ other: Interval) -> Interval? {
    Interval(start: max(start, other.start), end: min(end, other.end))
  }
}
