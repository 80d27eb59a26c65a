import Booking
import Desk
import Primitives

/// Times, lengths and prices as pages say them: English, 24 hours.
enum PageWords {
  /// `Tuesday 24 November 2026`.
  static func longDay(_ day: CivilDay) -> String { "\(self.day(day)) \(day.components.year)" }

  /// `Tuesday 24 November`.
  static func day(_ day: CivilDay) -> String { "\(day.weekday.name) \(dayOfMonth(day))" }

  /// `Tue 24 November`.
  static func shortDay(_ day: CivilDay) -> String { "\(day.weekday.name.prefix(3)) \(dayOfMonth(day))" }

  /// `24 November`.
  static func dayOfMonth(_ day: CivilDay) -> String { "\(day.components.day) \(day.monthName)" }

  /// `November 2026`.
  static func month(_ day: CivilDay) -> String { "\(day.monthName) \(day.components.year)" }

  /// `09:30`.
  static func clock(_ wall: WallTime) -> String { padded(wall.hour, 2) + ":" + padded(wall.minute, 2) }

  static func clock(_ instant: Instant, in zone: Zone) -> String { clock(zone.wallTime(at: instant)) }

  /// `Monday 23 November, 09:30`.
  static func moment(_ instant: Instant, in zone: Zone) -> String {
    let wall = zone.wallTime(at: instant)
    return day(wall.day) + ", " + clock(wall)
  }

  /// `Monday 23 November 2026, 09:30:05`: for a record.
  static func second(_ instant: Instant, in zone: Zone) -> String {
    let wall = zone.wallTime(at: instant)
    return longDay(wall.day) + ", " + clock(wall) + ":" + padded(wall.second % 60, 2)
  }

  /// `09:30 – 10:30`.
  ///
  /// An end on the next day is `22:00 – 06:00 the next day`, at midnight 24:00. Where the clock changes in
  /// between, each time tells its offset.
  static func hours(_ served: Interval, in zone: Zone) -> String {
    let (first, last) = (zone.wallTime(at: served.start), zone.wallTime(at: served.end))
    let (before, after) = (zone.offset(at: served.start), zone.offset(at: served.end))
    let changes = before != after
    let start = clock(first) + (changes ? " (\(offset(before)))" : "")
    let end: String
    switch last.day - first.day {
    case 0: end = clock(last)
    case 1 where last.second == 0 && !changes: end = "24:00"
    case 1: end = clock(last) + " the next day"
    default: end = clock(last) + " on " + day(last.day)
    }
    return start + " – " + end + (changes ? " (\(offset(after)))" : "")
  }

  /// `Vilnius time (UTC+2)`; only the offset for zones that are no place.
  static func zone(_ zone: Zone, at instant: Instant) -> String {
    let offset = offset(zone.offset(at: instant))
    return zone.placeName.map { "\($0) time (\(offset))" } ?? offset
  }

  /// `UTC+2`, `UTC+5:30`, `UTC`.
  static func offset(_ seconds: Int) -> String {
    guard seconds != 0 else { return "UTC" }
    let minutes = abs(seconds) / 60
    let part = minutes % 60 == 0 ? "" : ":" + padded(minutes % 60, 2)
    return "UTC" + (seconds < 0 ? "-" : "+") + String(minutes / 60) + part
  }

  /// `1 minute`, `45 minutes`, `90 minutes`, `2 hours`, `2 hours 30 minutes`: what a service takes.
  static func length(_ minutes: Int) -> String {
    guard minutes >= 120 else { return count(minutes, "minute") }
    return count(minutes / 60, "hour") + (minutes % 60 == 0 ? "" : " " + count(minutes % 60, "minute"))
  }

  /// `45 or 90 minutes`, `30 minutes, 60 minutes or 2 hours`.
  static func lengths(_ minutes: [Int]) -> String {
    guard minutes.count > 1, let last = minutes.last else { return length(minutes.first ?? 0) }
    let isShort = minutes.allSatisfy { $0 < 120 }
    let others = minutes.dropLast().map { isShort ? String($0) : length($0) }
    return others.joined(separator: ", ") + " or " + length(last)
  }

  /// `1 h 30 min`, `45 min`, `2 h`: for tight places.
  static func shortLength(_ minutes: Int) -> String {
    let parts = [
      minutes >= 60 ? "\(minutes / 60) h" : nil,
      minutes % 60 == 0 && minutes > 0 ? nil : "\(minutes % 60) min",
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  /// `24 hours`, `2 days`, `90 minutes`: how long before.
  static func notice(_ minutes: Int) -> String {
    if minutes > 1_440, minutes % 1_440 == 0 { return count(minutes / 1_440, "day") }
    if minutes >= 60, minutes % 60 == 0 { return count(minutes / 60, "hour") }
    return length(minutes)
  }

  /// `1 booking`, `5 bookings`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// `€60`, `€12.50`, `1,250 SEK`, `free`.
  static func price(_ minorUnits: Int, _ currency: String) -> String {
    guard minorUnits > 0 else { return "free" }
    let digits = Currency.minorDigits(currency)
    let unit = (0..<digits).reduce(1) { power, _ in power * 10 }
    let whole = grouped(minorUnits / unit)
    let amount = minorUnits % unit == 0 ? whole : whole + "." + padded(minorUnits % unit, digits)
    return symbols[currency].map { $0 + amount } ?? amount + " " + currency
  }

  /// Short name of a booking, for the phone: `K7-3F2M`.
  ///
  /// Thirty of its random bits; it opens nothing.
  static func reference(_ booking: Identifier) -> String { booking.shortName }

  /// `r•••@example.test`.
  static func masked(email: String) -> String? {
    guard let first = email.first, let at = email.lastIndex(of: "@") else { return nil }
    return "\(first)•••\(email[at...])"
  }

  private static let symbols = ["EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹", "UAH": "₴"]

  /// Commas between thousands.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
