import Booking
import Primitives

/// The weekly hours of one person, laid out on a circle of two weeks to see whether any overlap.
///
/// Two weeks, because a rule of every second week meets only the others of its own week. Hours in different
/// zones are not compared: the same wall clock is not the same time there.
struct TwoWeeks {
  private var taken: [(zone: String, start: Int, end: Int, line: Int)] = []
  private static let circle = 14 * 1_440

  /// The line of a rule that this one overlaps, or nil.
  mutating func add(_ rule: WeeklyHours, zone: String, line: Int) -> Int? {
    var overlapped: Int?
    let weeks = rule.fortnightFrom.map { [CivilDay.weekParity($0)] } ?? [0, 1]
    for week in weeks {
      for day in rule.days {
        let start = (week * 7 + day.rawValue - 1) * 1_440 + rule.hours.start
        let end = start + rule.hours.end - rule.hours.start
        overlapped =
          overlapped ?? taken.first { $0.zone == zone && TwoWeeks.meet(start, end, $0.start, $0.end) }?.line
        taken.append((zone, start, end, line))
      }
    }
    return overlapped
  }

  /// Whether two stretches meet on the circle; either may run over its seam.
  private static func meet(_ start: Int, _ end: Int, _ otherStart: Int, _ otherEnd: Int) -> Bool {
    [-circle, 0, circle].contains { start + $0 < otherEnd && otherStart < end + $0 }
  }
}

extension CivilDay {
  /// 0 or 1, alternating by ISO week.
  fileprivate static func weekParity(_ day: CivilDay) -> Int {
    // 1970-01-05 was a Monday.
    let week = (day.startOfWeek.number - 4) / 7
    return abs(week) % 2
  }
}
