import Primitives

/// One person's weekly hours and date overrides, ready to be laid out over the days asked for.
struct Rota: Sendable {
  private struct Rule: Sendable {
    /// Bit 1 is Monday.
    let weekdays: UInt8
    let hours: HourRange
    let breaks: [HourRange]
    let place: Int
    /// The rule's own start date, for fortnights.
    let fortnightFrom: CivilDay?

    func works(on day: CivilDay, weekday: Int) -> Bool {
      guard weekdays & (1 << weekday) != 0 else { return false }
      guard let first = fortnightFrom else { return true }
      return day >= first && (day.startOfWeek - first.startOfWeek) / 7 % 2 == 0
    }
  }

  fileprivate struct Replacement: Sendable {
    let day: Int
    let hours: [HourRange]
    let breaks: [HourRange]
    let place: Int?
  }

  private let rules: [Rule]
  /// Ascending by day.
  private let replacements: [Replacement]
  /// How many days before the one asked for a shift may have begun.
  private let daysBack: Int

  init(_ member: StaffMember, placeIndex: [Slug: Int]) {
    rules = member.hours.compactMap { weekly in
      placeIndex[weekly.location].map { place in
        Rule(
          weekdays: weekly.days.reduce(0) { $0 | 1 << UInt8($1.rawValue) },
          hours: weekly.hours,
          breaks: weekly.breaks,
          place: place,
          fortnightFrom: weekly.fortnightFrom
        )
      }
    }
    replacements = member.overrides.map { override in
      Replacement(
        day: override.day.number,
        hours: override.hours,
        breaks: override.breaks,
        place: placeIndex[override.location]
      )
    }.sorted { $0.day < $1.day }
    let latest = (rules.map(\.hours.end) + replacements.flatMap { $0.hours.map(\.end) }).max() ?? 0
    daysBack = max(0, latest - 1) / 1_440
  }

  /// All working intervals that touch `[start, end)`, in order of their starts; whole, not cut to it.
  ///
  /// A shift belongs to the day it starts: its weekday, fortnight, override and holiday are that day's. A
  /// holiday also ends what runs into it from the evening before, at that location.
  func shifts(from start: Int, to end: Int, places: [PreparedPlace]) -> [Shift] {
    guard !rules.isEmpty || !replacements.isEmpty else { return [] }
    var layout = Layout(places: places, start: start, end: end)
    var first = Int.max
    var last = Int.min
    for place in places {
      first = min(first, place.zone.day(at: Instant(seconds: Int64(start))).number)
      last = max(last, place.zone.day(at: Instant(seconds: Int64(end))).number)
    }
    guard first <= last else { return [] }
    first -= daysBack
    var replacement = replacements.partition(startingAt: first)
    for number in first...last {
      let day = CivilDay(number: number)
      guard replacement == replacements.count || replacements[replacement].day > number else {
        while replacement < replacements.count, replacements[replacement].day == number {
          let one = replacements[replacement]
          if let place = one.place {
            for hours in one.hours { layout.add(day, hours, one.breaks, place) }
          }
          replacement += 1
        }
        continue
      }
      let weekday = day.weekday.rawValue
      for rule in rules where rule.works(on: day, weekday: weekday) {
        layout.add(day, rule.hours, rule.breaks, rule.place)
      }
    }
    return layout.finished()
  }
}

extension [Rota.Replacement] {
  /// The first at or after this day.
  fileprivate func partition(startingAt day: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      if self[middle].day < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
