import Booking
import Desk
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/week?day=&staff=`
  @Sendable static func week(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let query = visit.query
      let chosen = query.filled("staff").flatMap { Slug($0) }
      let now = staff.desk.now
      let day = query.filled("day").flatMap { CivilDay($0) } ?? staff.today
      let view = try await staff.desk.openWeek(of: day, staff: chosen, by: staff.person)
      return staff.fading(
        try visit.page(StaffWeekPage(view, staff, day: day, chosen: chosen, now: now))
      )
    }
  }
}

extension StaffWeekPage {
  init(_ view: WeekView, _ staff: StaffVisit, day: CivilDay, chosen: Slug?, now: Instant) {
    let today = view.zone.day(at: now)
    let chosen = staff.seesOthers ? chosen : nil
    func url(_ day: CivilDay, _ person: Slug?) -> String {
      QueryText.url(staff.base + "/week", [("day", day.description), ("staff", person?.text)])
    }
    self.init(
      layout: staff.layout("Week", .week),
      heading: StaffWeekPage.heading(view.monday),
      isThisWeek: view.monday == today.startOfWeek,
      weekURL: staff.base + "/week",
      day: day.description,
      previousURL: url(day - 7, chosen),
      nextURL: url(day + 7, chosen),
      thisWeekURL: url(today, chosen),
      people: staff.peopleLinks(chosen: chosen) { url(day, $0) },
      chosenPerson: chosen?.text,
      rows: view.people.map { person, days in
        Row(
          person: person.name + (view.left.contains(person.id) ? " (has left)" : ""),
          load: PageWords.count(days.reduce(0) { $0 + $1.bookings }, "booking") + ", "
            + StaffWords.load(
              booked: days.reduce(0) { $0 + $1.booked },
              working: days.reduce(0) { $0 + $1.working }
            ),
          days: days.map { load in
            Day(load, url: staff.base + "/day?day=\(load.day)&staff=\(person.id)", isToday: load.day == today)
          }
        )
      }
    )
  }

  /// "Week 48, 23 to 29 November 2026": ISO 8601 counts a week to the year of its Thursday.
  private static func heading(_ monday: CivilDay) -> String {
    let thursday = monday + 3
    let newYear = CivilDay(number: CivilDay.daysFromCivil(thursday.components.year, 1, 1))
    let week = (thursday - newYear) / 7 + 1
    let (first, last) = (monday.components, (monday + 6).components)
    let from =
      if first.month == last.month {
        String(first.day)
      } else {
        PageWords.dayOfMonth(monday) + (first.year == last.year ? "" : " \(first.year)")
      }
    return "Week \(week), \(from) to \(PageWords.dayOfMonth(monday + 6)) \(last.year)"
  }
}

extension StaffWeekPage.Day {
  fileprivate init(_ load: WeekDayLoad, url: String, isToday: Bool) {
    let isOff = load.working == 0 && load.bookings == 0
    let percent = load.working > 0 ? min(100, load.booked * 100 / load.working) : load.booked > 0 ? 100 : 0
    self.init(
      url: url,
      label: load.day.weekdayAndNumber,
      isToday: isToday,
      text: isOff ? load.holiday ?? "Off" : PageWords.count(load.bookings, "booking"),
      hours: isOff ? nil : StaffWords.shortLoad(booked: load.booked, working: load.working),
      isOff: isOff,
      percent: String(percent)
    )
  }
}

extension CivilDay {
  /// "Mon 23"
  fileprivate var weekdayAndNumber: String { PageWords.day(self).prefix(3) + " \(components.day)" }
}
