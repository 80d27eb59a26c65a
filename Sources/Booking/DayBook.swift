import Primitives

/// What stands in one person's way, in terms of starts of the service asked for. All in seconds.
struct DayBook {
  /// Starts that are impossible: ascending, apart, half-open.
  private(set) var blocked: [Range<Int>] = []
  /// When the person is away; blocks what is served, not the buffers.
  private(set) var away: [Range<Int>] = []
  /// Sittings of this service and length with a free seat.
  private(set) var open: [OpenSitting] = []

  struct OpenSitting {
    let start: Int
    let seats: Int
    /// Index into the agenda's sittings.
    let sitting: Int
  }

  /// - Parameters:
  ///   - span: the starts that matter.
  ///   - taken: the sitting's seats taken once the booking that is moved has given its own back.
  mutating func add(
    _ sitting: Sitting,
    at index: Int,
    taken: Int,
    for service: PreparedService,
    duration: Int,
    span: Range<Int>
  ) {
    let occupied = sitting.occupied.seconds
    let first = occupied.lowerBound - duration - service.after + 1
    let end = occupied.upperBound + service.before
    if first < span.upperBound, span.lowerBound < end, first < end { blocked.append(first..<end) }
    let start = Int(sitting.served.start.seconds)
    if taken < sitting.capacity, span.contains(start), sitting.served.length == duration,
      sitting.service == service.service.id
    {
      open.append(OpenSitting(start: start, seats: sitting.capacity - taken, sitting: index))
    }
  }

  mutating func add(_ timeOff: TimeOff, duration: Int, span: Range<Int>) {
    let off = timeOff.interval.seconds
    let first = off.lowerBound - duration + 1
    guard first < span.upperBound, span.lowerBound < off.upperBound else { return }
    away.append(off)
    blocked.append(first..<off.upperBound)
  }

  /// Sorts and joins.
  mutating func finish() {
    guard blocked.count > 1 else { return }
    if zip(blocked, blocked.dropFirst()).contains(where: { $1.lowerBound < $0.lowerBound }) {
      blocked.sort { $0.lowerBound < $1.lowerBound }
    }
    var kept = 0
    for position in 1..<blocked.count {
      if blocked[position].lowerBound <= blocked[kept].upperBound {
        blocked[kept] = blocked[kept].lowerBound..<max(blocked[kept].upperBound, blocked[position].upperBound)
      } else {
        kept += 1
        blocked[kept] = blocked[position]
      }
    }
    blocked.removeSubrange((kept + 1)...)
  }

  func isAway(_ served: Range<Int>) -> Bool { away.contains { $0.overlaps(served) } }
}
