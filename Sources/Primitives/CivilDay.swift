/// A day of the proleptic Gregorian calendar, without a zone.
package struct CivilDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// Refuses (nil) days that the calendar does not have, such as 30 February; years 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= CivilDay.daysInMonth(month, year: year) else { return nil }
    number = CivilDay.daysFromCivil(year, month, day)
  }

  /// Reads `YYYY-MM-DD`, exactly.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func digits(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func < (one: CivilDay, other: CivilDay) -> Bool { one.number < other.number }
  package static func + (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number + days) }
  package static func - (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number - days) }
  package static func - (one: CivilDay, other: CivilDay) -> Int { one.number - other.number }

  package var weekday: Weekday { Weekday(rawValue: CivilDay.floorMod(number + 3, 7) + 1) ?? .monday }

  /// Monday of this day's ISO 8601 week.
  package var startOfWeek: CivilDay { self - (weekday.rawValue - 1) }

  package var startOfMonth: CivilDay { self - (components.day - 1) }

  package var startOfNextMonth: CivilDay {
    let (year, month, _) = components
    return CivilDay(
      number: CivilDay.daysFromCivil(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1)
    )
  }

  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  package var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = CivilDay.floorDiv(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  package static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant, days_from_civil.
  package static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDiv(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func floorDiv(_ value: Int, _ by: Int) -> Int { value >= 0 ? value / by : -((by - 1 - value) / by) }
  static func floorMod(_ value: Int, _ by: Int) -> Int { value - floorDiv(value, by) * by }
}

extension CivilDay: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension CivilDay: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = CivilDay(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day as YYYY-MM-DD")
    }
    self = day
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// ISO 8601 numbering: Monday is 1.
package enum Weekday: Int, Sendable, Hashable, CaseIterable, Codable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday
}

/// A number with leading zeros; negative numbers keep their sign.
package func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (value < 0 ? "-" : "") + zeros + digits
}
