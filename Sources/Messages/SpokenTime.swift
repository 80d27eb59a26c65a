package import Primitives

/// Times as people say them: English, 24 hours, always with the zone.
package enum SpokenTime {
  /// `Tuesday, 24 November 2026, 14:30–15:30 (Vilnius time, UTC+02:00)`.
  ///
  /// An end on another day is told with its day; an end at midnight is 24:00. Where the clock changes in
  /// between, each time has its own offset.
  package static func stretch(_ served: Interval, in zone: Zone) -> String {
    date(zone.wallTime(at: served.start).day) + ", " + clock(served, in: zone)
  }

  /// `Monday, 23 November 2026, 14:30 (Vilnius time, UTC+02:00)`.
  package static func moment(_ instant: Instant, in zone: Zone) -> String {
    let wall = zone.wallTime(at: instant)
    return date(wall.day) + ", " + time(wall) + " (" + name(of: zone) + offset(zone.offset(at: instant)) + ")"
  }

  /// The same stretch on the visitor's clock: `12:30–13:30 (London time, UTC+00:00)`, with the date where
  /// that differs.
  ///
  /// Nil when both clocks show the same, whatever their zones are called.
  package static func stretch(_ served: Interval, in visitor: Zone, unlikeIn zone: Zone) -> String? {
    guard
      visitor.offset(at: served.start) != zone.offset(at: served.start)
        || visitor.offset(at: served.end) != zone.offset(at: served.end)
    else { return nil }
    let sameDay = visitor.wallTime(at: served.start).day == zone.wallTime(at: served.start).day
    return sameDay ? clock(served, in: visitor) : stretch(served, in: visitor)
  }

  /// `24 November 2026, 14:30`, for subject lines.
  static func short(_ instant: Instant, in zone: Zone) -> String {
    let wall = zone.wallTime(at: instant)
    return dayOfYear(wall.day) + ", " + time(wall)
  }

  private static func clock(_ served: Interval, in zone: Zone) -> String {
    let (first, last) = (zone.wallTime(at: served.start), zone.wallTime(at: served.end))
    let (before, after) = (zone.offset(at: served.start), zone.offset(at: served.end))
    guard before == after else {
      let end = first.day == last.day ? time(last) : date(last.day) + ", " + time(last)
      return time(first) + " (" + name(of: zone) + offset(before) + ") to " + end + " (" + offset(after) + ")"
    }
    let end =
      if first.day == last.day {
        "–" + time(last)
      } else if last.second == 0, last.day - first.day == 1 {
        "–24:00"
      } else {
        " to " + date(last.day) + ", " + time(last)
      }
    return time(first) + end + " (" + name(of: zone) + offset(before) + ")"
  }

  private static func date(_ day: CivilDay) -> String {
    day.weekday.name + ", " + dayOfYear(day)
  }

  private static func dayOfYear(_ day: CivilDay) -> String {
    let (year, _, dayOfMonth) = day.components
    return "\(dayOfMonth) \(day.monthName) \(year)"
  }

  private static func time(_ wall: WallTime) -> String { padded(wall.hour, 2) + ":" + padded(wall.minute, 2) }

  private static func offset(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    return "UTC" + (seconds < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2)
  }

  /// `Vilnius time, `; zones that are no place are told by their offset alone.
  private static func name(of zone: Zone) -> String { zone.placeName.map { $0 + " time, " } ?? "" }
}
