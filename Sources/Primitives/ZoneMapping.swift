/// What a wall time means in a zone.
package enum WallMapping: Hashable, Sendable {
  case once(Instant)
  /// The clock never shows it; `end` is when the clock was put forward over it.
  case gap(end: Instant)
  /// The clock shows it twice, having been put back.
  case twice(first: Instant, second: Instant)
}

extension Zone {
  package func instants(of wall: WallTime) -> WallMapping {
    var cursor = ZoneCursor(self)
    return cursor.instants(ofLocal: wall.day.number * 86_400 + wall.second)
  }
}

/// Answers many questions about neighbouring wall times of one zone; remembers the stretch without changes it
/// is in.
///
/// Local times are seconds since 1970-01-01T00:00 of the zone's own clock; instants are plain seconds.
package struct ZoneCursor {
  private let table: ZoneTable
  private var segment: ZoneSegment

  package init(_ zone: Zone) {
    table = zone.table
    segment = ZoneSegment(start: 0, end: 0, offset: 0, label: 0)
  }

  /// No offset is as large as this (RFC 9636 §3.2), so no change further away can matter.
  private static let farthest = 93_600

  /// When work that begins at this wall time begins: the end of a gap, the first pass of a repeated hour.
  package mutating func opening(_ local: Int) -> Int {
    if let plain = steady(local) { return plain }
    return switch instants(ofLocal: local) {
    case .once(let instant), .gap(let instant), .twice(let instant, _): Int(instant.seconds)
    }
  }

  /// When work that ends at this wall time ends: the moment of a gap, the second pass of a repeated hour.
  package mutating func closing(_ local: Int) -> Int {
    if let plain = steady(local) { return plain }
    return switch instants(ofLocal: local) {
    case .once(let instant), .gap(let instant), .twice(_, let instant): Int(instant.seconds)
    }
  }

  /// Calls `body` with every stretch `[start, end)` of instants at which the clock shows `from` or later, but
  /// not yet `to`: one as a rule, two where an hour is repeated, none within a gap.
  package mutating func stretches(from: Int, to: Int, _ body: (Int, Int) -> Void) {
    if let start = steady(from), let end = steady(to) {
      body(start, end)
      return
    }
    var at = table.segment(at: from - Self.farthest)
    while true {
      let start = max(from - at.offset, at.start)
      let end = min(to - at.offset, at.end)
      if start < end { body(start, end) }
      guard at.end <= to + Self.farthest else { break }
      at = table.segment(at: at.end)
    }
  }

  package mutating func instants(ofLocal local: Int) -> WallMapping {
    if let plain = steady(local) { return .once(Instant(seconds: Int64(plain))) }
    var first: Int?
    var last = 0
    var gap = 0
    var at = table.segment(at: local - Self.farthest)
    while true {
      let instant = local - at.offset
      if instant >= at.start && instant < at.end {
        if first == nil { first = instant }
        last = instant
      } else if instant >= at.end {
        gap = at.end
      }
      guard at.end <= local + Self.farthest else { break }
      at = table.segment(at: at.end)
    }
    guard let first else { return .gap(end: Instant(seconds: Int64(gap))) }
    if first == last { return .once(Instant(seconds: Int64(first))) }
    return .twice(first: Instant(seconds: Int64(first)), second: Instant(seconds: Int64(last)))
  }

  /// The instant, where no change is near enough to matter.
  private mutating func steady(_ local: Int) -> Int? {
    if local - Self.farthest < segment.start || local + Self.farthest >= segment.end {
      segment = table.segment(at: local)
      if local - Self.farthest < segment.start || local + Self.farthest >= segment.end { return nil }
    }
    return local - segment.offset
  }
}
