import Primitives

extension MonthGrid {
  /// The month of `chosen`, with the days marked that have free times.
  ///
  /// - `today`: in the zone shown; there is no way to months before it.
  /// - `last`: the last day that may be asked for; there is no way to months after it.
  /// - `url`: of a day; `fragment` is where on the page it leads. Empty where the page is asked by POST.
  init(
    of chosen: CivilDay,
    free: FreeDays,
    today: CivilDay,
    last: CivilDay,
    url: (_ day: CivilDay, _ fragment: String?) -> String
  ) {
    let first = chosen.startOfMonth
    let end = chosen.startOfNextMonth
    func step(_ month: CivilDay) -> Step {
      Step(name: PageWords.month(month), url: url(month, nil), firstDay: month.description)
    }
    let before = (first - 1).startOfMonth
    var weeks: [Week] = []
    var monday = first.startOfWeek
    while monday < end {
      weeks.append(
        Week(
          days: (0..<7).map { offset in
            let day = monday + offset
            guard first <= day, day < end else { return Day.outside(day) }
            let count = free[day].count
            return Day(
              number: String(day.components.day),
              spoken: PageWords.day(day) + ", "
                + (count == 0 ? "no free times" : PageWords.count(count, "free time")),
              isFree: count > 0,
              isChosen: day == chosen,
              isToday: day == today,
              day: day.description,
              url: count > 0 ? url(day, "times") : ""
            )
          }
        )
      )
      monday = monday + 7
    }
    self.init(
      title: PageWords.month(first),
      previous: before >= today.startOfMonth ? step(before) : nil,
      next: end <= last ? step(end) : nil,
      weekdays: Primitives.Weekday.allCases.map { Weekday(short: String($0.name.prefix(2)), long: $0.name) },
      weeks: weeks
    )
  }
}

extension MonthGrid.Day {
  fileprivate static func outside(_ day: CivilDay) -> MonthGrid.Day {
    MonthGrid.Day(
      number: "",
      spoken: "",
      isFree: false,
      isChosen: false,
      isToday: false,
      day: day.description,
      url: ""
    )
  }
}
