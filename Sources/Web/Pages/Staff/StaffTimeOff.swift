import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/time-off`
  @Sendable static func timeOff(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await timeOffPage(staff, TimeOffForm(staff), FormErrors([]), said: Said(visit.query))
    }
  }

  /// `POST /staff/{business}/time-off`: blocks at once, then leads to the bookings it hits.
  @Sendable static func blockTimeOff(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let typed = TimeOffForm(form, staff)
      do {
        let (from, to) = try typed.stretch(staff)
        guard let person = typed.staff else { throw Refusal.invalid("staff", .notAChoice) }
        let blocked = try await staff.desk.blockTimeOff(staff: person, from: from, to: to, by: staff.person)
        return seeOther(staff.base + "/time-off/\(blocked.timeOff.id)")
      } catch let refusal as Refusal where refusal.code == .invalid {
        var errors = FormErrors([])
        for problem in refusal.fields {
          let isOrder =
            problem.path == "to" && problem.reason == .notATime && TimeOffForm.wallTime(typed.to) != nil
          errors.add(
            problem.path,
            isOrder
              ? "The end must be after the start, and at most a year after it." : problem.reason.sentence
          )
        }
        return try await timeOffPage(staff, typed, errors, said: nil)
      }
    }
  }

  /// `POST /staff/{business}/time-off/{id}/lifting`
  @Sendable static func liftTimeOff(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      try await staff.desk.liftTimeOff(try visit.identifier(), by: staff.person)
      return seeOther(staff.base + "/time-off?said=" + Said.lifted.rawValue)
    }
  }

  private static func timeOffPage(
    _ staff: StaffVisit,
    _ typed: TimeOffForm,
    _ errors: FormErrors,
    said: Said?
  ) async throws -> Response {
    let blocks = try await staff.desk.comingTimeOff(by: staff.person)
    let week = try await staff.desk.openWeek(of: staff.today, staff: nil, by: staff.person)
    let people = staff.business.staff.filter {
      !$0.hours.isEmpty && staff.may(.blockTimeOff, workOf: $0)
    }
    return try staff.visit.page(
      StaffTimeOffPage(
        layout: staff.layout("Time off", .timeOff, hasProblem: !errors.isEmpty),
        action: staff.base + "/time-off",
        errors: errors.summary,
        notice: said?.sentence,
        presets: people.compactMap { preset($0, week, staff) },
        people: people.map { Option(value: $0.id.text, label: $0.name, isChosen: $0.id == typed.staff) },
        from: errors.field("from", typed.from),
        to: errors.field("to", typed.to),
        zone: PageWords.zone(staff.home, at: staff.desk.now),
        blocks: blocks.map { block in
          let zone = staff.timetable.staffMember(block.staff).map(staff.zone(of:)) ?? staff.home
          return StaffTimeOffPage.Block(
            person: staff.name(of: block.staff),
            text: TimeOffWords.stretch(block.interval, zone),
            url: staff.base + "/time-off/\(block.id)",
            liftURL: staff.base + "/time-off/\(block.id)/lifting"
          )
        }
      ),
      status: errors.isEmpty ? .ok : .unprocessableContent
    )
  }

  /// From now to the end of the day, and to the end of a night that begins today; nil for who does not work
  /// any more.
  private static func preset(_ person: StaffMember, _ week: WeekView, _ staff: StaffVisit) -> StaffTimeOffPage
    .Preset?
  {
    let zone = staff.zone(of: person)
    let now = staff.desk.now
    let today = zone.day(at: now)
    let midnight = zone.startOfDay(today + 1)
    guard let ahead = Interval(start: now, end: midnight + .hours(14)) else { return nil }
    let shifts = staff.timetable.working(staff: person.id, over: ahead).map(\.interval)
    guard shifts.contains(where: { $0.start < midnight && $0.end > now }) else { return nil }
    var end = midnight
    // A pause in the night does not end it.
    for shift in shifts where shift.start <= end + (end == midnight ? 0 : .hours(2)) {
      end = max(end, shift.end)
    }
    let bookings =
      week.people.first { $0.person.id == person.id }?
      .days.first { $0.day == today }?.bookings ?? 0
    return StaffTimeOffPage.Preset(
      staff: person.id.text,
      label: person.id == staff.person.id ? "I am away today" : "\(person.name) is away today",
      hint: bookings == 0 ? "No bookings today" : PageWords.count(bookings, "booking") + " today",
      from: TimeOffForm.text(Instant(seconds: now.seconds / 900 * 900), zone),
      to: TimeOffForm.text(end, zone)
    )
  }
}

/// What the form says, as typed.
private struct TimeOffForm {
  let staff: Slug?
  let from: String
  let to: String

  /// Tomorrow, of the first person it can be.
  init(_ visit: StaffVisit) {
    let chosen = visit.visit.query.filled("staff").flatMap { Slug($0) }
    staff = chosen ?? visit.person.id
    from = "\(visit.today + 1)T00:00"
    to = "\(visit.today + 2)T00:00"
  }

  init(_ form: Form, _ visit: StaffVisit) {
    staff = form.filled("staff").flatMap { Slug($0) }
    from = form["from"] ?? ""
    to = form["to"] ?? ""
  }

  /// The instants meant, on the clock of the place where the person works: a time the clock skips is where it
  /// goes on, of a repeated hour a block takes both passes.
  ///
  /// - Throws: `.invalid` with each time that is none.
  func stretch(_ visit: StaffVisit) throws -> (from: Instant, to: Instant) {
    let zone = staff.flatMap { visit.timetable.staffMember($0) }.map(visit.zone(of:)) ?? visit.home
    var problems: [FieldProblem] = []
    func wall(_ field: String, _ text: String) -> WallTime? {
      let wall = TimeOffForm.wallTime(text)
      if wall == nil {
        problems.append(FieldProblem(path: field, reason: text.isEmpty ? .missing : .notATime))
      }
      return wall
    }
    let (first, last) = (wall("from", from), wall("to", to))
    guard let first, let last else { throw Refusal.invalid(problems) }
    let start: Instant =
      switch zone.instants(of: first) {
      case .once(let instant), .gap(let instant), .twice(let instant, _): instant
      }
    let end: Instant =
      switch zone.instants(of: last) {
      case .once(let instant), .gap(let instant), .twice(_, let instant): instant
      }
    return (start, end)
  }

  /// `YYYY-MM-DDTHH:MM`
  static func text(_ instant: Instant, _ zone: Zone) -> String {
    let wall = zone.wallTime(at: instant)
    return "\(wall.day)T" + PageWords.clock(wall)
  }

  /// Seconds may follow, as some browsers send them.
  static func wallTime(_ text: String) -> WallTime? {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = CivilDay(parts[0]) else { return nil }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(clock.count), clock[0].utf8.count == 2, clock[1].utf8.count == 2,
      let hour = Int(clock[0]), (0..<24).contains(hour), let minute = Int(clock[1]), (0..<60).contains(minute)
    else { return nil }
    return WallTime(day: day, minute: hour * 60 + minute)
  }
}

/// Blocked stretches in words.
enum TimeOffWords {
  /// "Tuesday 24 November, whole day", "Tuesday 24 November, 10:00 – 11:00", "Thu 24 December to Fri 1
  /// January, whole days", "Fri 27 November, 22:00, to Sat 28 November, 06:00".
  static func stretch(_ interval: Interval, _ zone: Zone) -> String {
    let (first, last) = (zone.wallTime(at: interval.start), zone.wallTime(at: interval.end))
    let lastDay = last.second == 0 ? last.day - 1 : last.day
    let isWhole = first.second == 0 && last.second == 0
    if first.day == lastDay {
      return PageWords.day(first.day) + ", " + (isWhole ? "whole day" : clock(interval, zone))
    }
    if isWhole { return "\(PageWords.shortDay(first.day)) to \(PageWords.shortDay(lastDay)), whole days" }
    return "\(PageWords.shortDay(first.day)), \(PageWords.clock(first)), "
      + "to \(PageWords.shortDay(last.day)), \(PageWords.clock(last))"
  }

  /// "on Tuesday 24 November", "from Tue 24 to Wed 25 November"
  static func days(_ interval: Interval, _ zone: Zone) -> String {
    let first = zone.day(at: interval.start)
    let last = zone.day(at: interval.end - 1)
    return first == last
      ? "on " + PageWords.day(first)
      : "from \(PageWords.shortDay(first)) to \(PageWords.shortDay(last))"
  }

  static func clock(_ interval: Interval, _ zone: Zone) -> String {
    PageWords.hours(interval, in: zone)
  }
}
