import Booking
import Desk
import People
import Primitives

/// Puts a day's visits, breaks and free stretches in order, for each person and on one scale.
struct DayColumns {
  /// The holiday of the place where they work, when nobody does.
  let holiday: String?
  let columns: [StaffDayPage.Column]

  init(_ view: DayView, _ staff: StaffVisit, chosen: Slug?, now: Instant) {
    guard let clock = DayClock(view.day, view.zone) else {
      holiday = nil
      columns = []
      return
    }
    let people = view.people.map { PersonColumn($0, clock, staff, chosen: chosen, now: now) }
    holiday =
      people.contains { !$0.working.isEmpty }
      ? nil : staff.business.locations.lazy.flatMap(\.holidays).first { $0.day == view.day }?.name
    let start = people.compactMap(\.firstMinute).min().map { $0 / 60 * 60 } ?? 0
    let end = people.compactMap(\.lastMinute).max().map { ($0 + 59) / 60 * 60 } ?? 0
    columns = people.map { $0.column(barFrom: start, to: end) }
  }
}

/// One person's day as a column of the page.
private struct PersonColumn {
  let day: PersonDay
  let clock: DayClock
  let staff: StaffVisit
  let chosen: Slug?
  let now: Instant
  /// Within the day, breaks out.
  let working: [Interval]
  /// Served stretches, each once however many seats.
  private let booked: [Interval]
  private let away: [Interval]

  init(_ day: PersonDay, _ clock: DayClock, _ staff: StaffVisit, chosen: Slug?, now: Instant) {
    self.day = day
    self.clock = clock
    self.staff = staff
    self.chosen = chosen
    self.now = now
    working = day.working.compactMap { $0.interval.intersection(clock.span) }
    var booked: [Interval] = []
    for visit in day.visits {
      guard let served = visit.booking.served.intersection(clock.span), booked.last != served else {
        continue
      }
      booked.append(served)
    }
    self.booked = booked
    away = day.timeOff.compactMap { $0.interval.intersection(clock.span) }.sorted { $0.start < $1.start }
  }

  var firstMinute: Int? { (working + booked).map { clock.minutes($0.start) }.min() }
  var lastMinute: Int? { (working + booked).map { clock.minutes($0.end) }.max() }

  func column(barFrom start: Int, to end: Int) -> StaffDayPage.Column {
    let length = booked.reduce(0) { $0 + $1.length }
    let workingLength = working.reduce(0) { $0 + $1.length }
    return StaffDayPage.Column(
      person: day.person.name,
      hours: hours,
      load: workingLength == 0 && day.visits.isEmpty
        ? ""
        : PageWords.count(day.visits.count, "booking") + ", "
          + StaffWords.load(booked: length, working: workingLength),
      bar: working.isEmpty && booked.isEmpty ? nil : bar(start, end),
      entries: entries
    )
  }

  /// "08:00 – 17:00, break 12:00 – 12:45"
  private var hours: String {
    guard !working.isEmpty else {
      let home = day.person.hours.first.flatMap { staff.timetable.location($0.location) }
      if let holiday = home?.holidays.first(where: { $0.day == clock.day }) {
        return "Holiday: \(holiday.name)"
      }
      return clock.span.contains(now) ? "Does not work today" : "Does not work"
    }
    var shifts: [String] = []
    var breaks: [String] = []
    var start = working[0].start
    for (interval, next) in zip(working, working.dropFirst()) {
      guard let pause = Interval(start: interval.end, end: next.start) else { continue }
      if isBreak(pause) {
        breaks.append(clock.hours(pause))
      } else {
        if let shift = Interval(start: start, end: interval.end) { shifts.append(clock.hours(shift)) }
        start = next.start
      }
    }
    if let shift = Interval(start: start, end: working[working.count - 1].end) {
      shifts.append(clock.hours(shift))
    }
    let breakWords = breaks.isEmpty ? "" : ", break " + breaks.joined(separator: " and ")
    return "Works " + shifts.joined(separator: " and ") + breakWords
  }

  /// A pause between two stretches of work that is too short to be two shifts.
  private func isBreak(_ pause: Interval) -> Bool { pause.length <= .hours(2) }

  private func bar(_ start: Int, _ end: Int) -> StaffDayPage.Bar {
    func span(_ kind: String) -> (Interval) -> StaffDayPage.Span {
      { interval in
        let from = clock.minutes(interval.start)
        return StaffDayPage.Span(
          x: String(from),
          width: String(clock.minutes(interval.end) - from),
          kind: kind
        )
      }
    }
    return StaffDayPage.Bar(
      start: String(start),
      length: String(max(60, end - start)),
      startLabel: clock.time(clock.span.start + .minutes(start)),
      endLabel: clock.time(clock.span.start + .minutes(end)),
      spans: working.map(span("working")) + away.map(span("off")) + booked.map(span("booked"))
    )
  }

  private var entries: [StaffDayPage.Entry] {
    var timed = day.visits.map { ($0.booking.served.start, StaffDayPage.Entry(visit: visit($0), gap: nil)) }
    timed += gaps.map { ($0.0.start, StaffDayPage.Entry(visit: nil, gap: $0.1)) }
    // Sorting is stable: what begins together stays in the order of the list.
    return timed.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private var gaps: [(Interval, StaffDayPage.Gap)] {
    let off = working.flatMap { stretch in away.compactMap { $0.intersection(stretch) } }.removing(booked)
    let free = working.removing(booked).removing(away).filter { $0.length >= .minutes(10) }
    let pauses = zip(working, working.dropFirst()).compactMap { Interval(start: $0.end, end: $1.start) }
      .filter(isBreak).removing(booked)
    return free.map { ($0, gap($0, "Free, " + PageWords.shortLength($0.length / 60), isFree: true)) }
      + off.map { ($0, gap($0, "Time off")) }
      + pauses.map { ($0, gap($0, "Break")) }
  }

  private func gap(_ interval: Interval, _ text: String, isFree: Bool = false) -> StaffDayPage.Gap {
    let person = day.person
    let mayBook =
      isFree && interval.end > now && !person.services.isEmpty
      && staff.may(.makeBooking, workOf: person)
    return StaffDayPage.Gap(
      hours: clock.hours(interval),
      text: text,
      isFree: isFree,
      newURL: mayBook ? staff.base + "/bookings/new?staff=\(person.id)&day=\(clock.day)" : nil
    )
  }

  private func visit(_ visit: DayVisit) -> StaffDayPage.Visit {
    let booking = visit.booking
    let id = booking.id.description
    let url = staff.base + "/bookings/" + id
    let marks = staff.may(.markVisit, on: Target(booking)) ? StaffWords.marks(booking, now: now) : []
    return StaffDayPage.Visit(
      id: id,
      url: url,
      from: PageWords.clock(booking.served.start, in: clock.zone),
      until: PageWords.clock(booking.served.end, in: clock.zone),
      service: StaffWords.service(visit),
      colour: visit.service?.colour,
      firstName: StaffWords.firstName(visit),
      place: StaffWords.place(visit, staff.business),
      seat: StaffWords.seat(visit),
      notes: StaffWords.answers(visit).map { question, answer in
        StaffDayPage.Note(
          label: question.last?.isPunctuation == true ? question : question + ":",
          text: answer
        )
      },
      closed: StaffWords.closed(visit, in: clock.zone),
      contact: visit.hasContact && visit.mayReveal
        ? StaffDayPage.Contact(masked: StaffWords.masked, showURL: url + "/contact") : nil,
      status: PageWords.state(booking.state),
      statusKind: booking.state.rawValue,
      marks: marks,
      // The way back to this very list.
      markURL: marks.isEmpty
        ? nil : QueryText.url(url + "/mark", [("day", clock.day.description), ("staff", chosen?.text)]),
      version: String(booking.version)
    )
  }
}
