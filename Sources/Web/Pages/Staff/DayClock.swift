import Primitives

/// One civil day on one zone's clock; what reaches over its edges is told as 00:00 and 24:00.
struct DayClock: Sendable {
  let day: CivilDay
  let zone: Zone
  let span: Interval

  /// Nil for a day that the zone left out.
  init?(_ day: CivilDay, _ zone: Zone) {
    guard let span = zone.interval(of: day) else { return nil }
    self.day = day
    self.zone = zone
    self.span = span
  }

  /// "09:30"
  func time(_ instant: Instant) -> String {
    if instant >= span.end { return "24:00" }
    if instant <= span.start { return "00:00" }
    return PageWords.clock(instant, in: zone)
  }

  /// "09:30 – 11:00"
  func hours(_ interval: Interval) -> String { time(interval.start) + " – " + time(interval.end) }

  /// Minutes that have passed since the day began.
  func minutes(_ instant: Instant) -> Int { (min(max(instant, span.start), span.end) - span.start) / 60 }
}

extension [Interval] {
  /// What is left when `others` are taken out; both in order of start.
  func removing(_ others: [Interval]) -> [Interval] {
    var left: [Interval] = []
    for interval in self {
      var start = interval.start
      for other in others where other.overlaps(interval) {
        if let free = Interval(start: start, end: Swift.max(start, other.start)) { left.append(free) }
        start = Swift.max(start, other.end)
      }
      if let free = Interval(start: start, end: interval.end) { left.append(free) }
    }
    return left
  }
}
