import Booking
import Primitives

extension Entry {
  func weeklyHours(_ names: Names, zones: [Slug: String]) -> [WeeklyHours]? {
    guard let items = list() else { return nil }
    var weeks = TwoWeeks()
    return items.compactMap { item in
      let keys = ["days", "hours", "breaks", "location", "fortnight-from"]
      guard let block = Block(item, keys: keys, noun: "weekly hours") else { return nil }
      let days = block.required("days")?.weekdays() ?? []
      let hours = block.required("hours")?.hourRange()
      let location =
        block["location"]?.reference(to: names.locations, noun: "location") ?? names.firstLocation
      let fortnightFrom = block["fortnight-from"]?.day()
      let breaks = hours.map { block["breaks"]?.breaks(within: [$0]) ?? [] } ?? []
      guard let hours else { return nil }
      let rule = WeeklyHours(
        days: days,
        hours: hours,
        breaks: breaks,
        location: location,
        fortnightFrom: fortnightFrom
      )
      if let other = weeks.add(rule, zone: zones[location] ?? "", line: item.line) {
        item.refuse(
          "these hours overlap those of line \(other); one person cannot work twice at the same time"
        )
      }
      return rule
    }
  }

  func overrides(_ names: Names) -> [DateOverride]? {
    var lines: [CivilDay: Int] = [:]
    return list()?.compactMap { item in
      guard let block = Block(item, keys: ["day", "hours", "breaks", "location"], noun: "an override") else {
        return nil
      }
      let hours = block.required("hours")?.hourRanges() ?? []
      let breaks = block["breaks"]?.breaks(within: hours) ?? []
      let location =
        block["location"]?.reference(to: names.locations, noun: "location") ?? names.firstLocation
      guard let entry = block.required("day"), let day = entry.day() else { return nil }
      if let line = lines[day] {
        entry.refuse("\(day) has an override already, line \(line); one holds all hours of a day")
        return nil
      }
      lines[day] = entry.line
      return DateOverride(day: day, hours: hours, breaks: breaks, location: location)
    }
  }

  /// `mon-fri`, `sat`, or a list of such; in the order of the week.
  private func weekdays() -> [Weekday]? {
    var days: Set<Weekday> = []
    guard let items = listOrOne() else { return nil }
    if items.isEmpty { refuse("names no day") }
    for item in items {
      guard let text = item.word() else { continue }
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
        Weekday(shortName: String($0))
      }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else {
        item.refuse(
          "\(quoted(text)) is not a day of the week; write mon, tue, wed, thu, fri, sat, sun, or mon-fri"
        )
        continue
      }
      var day = first
      while true {
        if !days.insert(day).inserted { item.refuse("\(quoted(text)) names a day that is named already") }
        guard day != last else { break }
        day = day.next
      }
    }
    return days.sorted { $0.rawValue < $1.rawValue }
  }

  /// `none`, one stretch or a list of them, none overlapping another.
  private func hourRanges() -> [HourRange]? {
    if isWord("none") { return [] }
    guard let items = listOrOne() else { return nil }
    if items.isEmpty { refuse("names no hours; write none for a day off") }
    var ranges: [HourRange] = []
    for item in items {
      guard let range = item.hourRange() else { continue }
      if ranges.contains(where: { $0.start < range.end && range.start < $0.end }) {
        item.refuse("overlaps other hours of the same day")
      }
      ranges.append(range)
    }
    return ranges
  }

  /// Breaks, each inside one of the stretches; after midnight in a stretch that runs into the next day.
  private func breaks(within stretches: [HourRange]) -> [HourRange]? {
    guard let items = listOrOne() else { return nil }
    var breaks: [HourRange] = []
    for item in items {
      guard let written = item.hourRange() else { continue }
      let nextDay = HourRange(start: written.start + 1_440, end: written.end + 1_440)
      let fitting = [written, nextDay].compactMap(\.self).first { pause in
        stretches.contains { $0.start <= pause.start && pause.end <= $0.end && $0 != pause }
      }
      guard let pause = fitting else {
        item.refuse("this break is not inside the hours, or is all of them")
        continue
      }
      if breaks.contains(where: { $0.start < pause.end && pause.start < $0.end }) {
        item.refuse("overlaps another break")
      }
      breaks.append(pause)
    }
    return breaks
  }

  /// `08:00-17:00`; `22:00-06:00` runs into the next day, and 24:00 ends one.
  private func hourRange() -> HourRange? {
    guard let text = word() else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { clockMinutes($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < 1_440 else {
      refuse("\(quoted(text)) are not hours; write them as \"08:00-17:00\", from 00:00 to 24:00")
      return nil
    }
    guard start != end else {
      refuse("begins and ends at the same time; a whole day is \"00:00-24:00\"")
      return nil
    }
    return HourRange(start: start, end: end > start ? end : end + 1_440)
  }

  private func clockMinutes(_ text: Substring) -> Int? {
    let trimmed = text.filter { $0 != " " }
    let parts = trimmed.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      let hour = wholeNumber(parts[0]), let minute = wholeNumber(parts[1]),
      (0...24).contains(hour), (0...59).contains(minute), hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }
}

extension Weekday {
  /// `mon` to `sun`, or the whole English name; any case.
  init?(shortName: String) {
    let text = shortName.lowercased().filter { $0 != " " }
    guard let day = Weekday.allCases.first(where: { "\($0)" == text || $0.shortName == text }) else {
      return nil
    }
    self = day
  }

  var shortName: String { String("\(self)".prefix(3)) }
  var next: Weekday { Weekday(rawValue: rawValue % 7 + 1) ?? .monday }
}
