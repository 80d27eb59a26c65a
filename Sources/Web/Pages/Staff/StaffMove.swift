import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/bookings/{id}/reschedule?day=&staff=`
  @Sendable static func timesToMove(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await movePage(staff, MoveChoice(staff, visit.query), FormErrors([]), status: .ok)
    }
  }

  /// `POST /staff/{business}/bookings/{id}/reschedule` with `version`, `start`, and `staff`, empty for
  /// anyone.
  @Sendable static func reschedule(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      let id = try visit.identifier()
      guard let start = form.filled("start").flatMap({ Instant(rfc3339: $0) }) else {
        return try await again(staff, form, "Please choose a time.", status: .unprocessableContent)
      }
      do {
        _ = try await staff.desk.rescheduleBooking(
          id,
          version: Int(form["version"] ?? "") ?? 0,
          start: start,
          staff: try form.slug("staff"),
          by: staff.person
        )
        return seeOther(staff.afterwards(id, .moved))
      } catch let refusal as Refusal {
        switch refusal.code {
        case .stale, .alreadyEnded: return try await changedMeanwhile(id, refusal, staff)
        case .slotTaken, .notOffered:
          return try await again(staff, form, refusal.code.sentence, status: .conflict)
        default: throw refusal
        }
      }
    }
  }

  /// The times once more, those of the day that was tried.
  private static func again(
    _ staff: StaffVisit,
    _ form: Form,
    _ message: String,
    status: HTTPResponse.Status
  ) async throws -> Response {
    var choice = MoveChoice(staff, staff.visit.query)
    choice.staff = form.filled("staff").flatMap { Slug($0) }
    choice.isAnyone = choice.staff == nil
    choice.start = form.filled("start").flatMap { Instant(rfc3339: $0) }
    var errors = FormErrors([])
    errors.add("start", message)
    return try await movePage(staff, choice, errors, status: status)
  }

  private static func movePage(
    _ staff: StaffVisit,
    _ asked: MoveChoice,
    _ errors: FormErrors,
    status: HTTPResponse.Status
  ) async throws -> Response {
    let opened = try await staff.desk.openBooking(
      try staff.visit.identifier(),
      to: .moveBooking,
      by: staff.person
    )
    guard opened.booking.state == .booked else {
      return try staff.visit.page(
        StaffBookingPage(
          opened,
          staff,
          try await staff.history(of: opened),
          problem: RefusalCode.alreadyEnded.sentence
        ),
        status: .conflict
      )
    }
    let people = staff.servers(of: opened.booking)
    let choice = asked.settled(opened.booking, staff, people)
    let zone = staff.zone(of: opened.booking)
    let today = zone.day(at: staff.desk.now)
    let first = max(today, choice.day?.startOfMonth ?? today)
    let free = FreeDays(
      try await staff.times(toMove: opened.booking, to: choice.staff, from: first, zone),
      in: zone
    )
    let day = max(
      choice.day.map { free.shown(asked: $0, today: today) } ?? zone.day(at: opened.booking.served.start),
      today
    )
    return try staff.visit.page(
      StaffMovePage(
        opened,
        choice,
        free,
        day,
        today: today,
        staff,
        people,
        note: try await staff.noteOfMove(opened.booking, to: people),
        errors
      ),
      status: status
    )
  }
}

/// What the question says of where to move.
private struct MoveChoice {
  /// Nil: anyone, when `isAnyone`; else not said.
  var staff: Slug?
  var isAnyone: Bool
  var day: CivilDay?
  /// What was tried.
  var start: Instant?
  /// The block this booking is moved out of.
  let block: Identifier?

  init(_ staff: StaffVisit, _ query: Form) {
    self.staff = query.filled("staff").flatMap { Slug($0) }
    block = query.filled("time-off").flatMap { Identifier($0) }
    isAnyone = self.staff == nil && (query["staff"] != nil || block != nil)
    day = query.filled("day").flatMap { CivilDay($0) }
  }

  /// Where nothing is said: whoever has it now, or who else serves when they do no longer; a technician moves
  /// to themselves only.
  func settled(_ booking: BookingRecord, _ visit: StaffVisit, _ people: [StaffMember]) -> MoveChoice {
    var choice = self
    if !visit.reachesOthers(.moveBooking) {
      choice.staff = visit.person.id
      choice.isAnyone = false
    } else if staff == nil, !isAnyone {
      choice.staff =
        people.contains { $0.id == booking.staff }
        ? booking.staff : people.count == 1 ? people.first?.id : nil
      choice.isAnyone = choice.staff == nil
    }
    if choice.day == nil, let start { choice.day = visit.zone(of: booking).day(at: start) }
    return choice
  }

  /// `…/reschedule?staff=&day=&time-off=`; an empty `staff` is anyone.
  func url(_ path: String, staff: Slug?, day: CivilDay?, at fragment: String? = nil) -> String {
    var query = "?staff=" + (staff?.text ?? "")
    if let day { query += "&day=\(day)" }
    if let block { query += "&time-off=\(block)" }
    return path + query + (fragment.map { "#" + $0 } ?? "")
  }
}

extension StaffMovePage {
  fileprivate init(
    _ opened: DayVisit,
    _ choice: MoveChoice,
    _ free: FreeDays,
    _ day: CivilDay,
    today: CivilDay,
    _ staff: StaffVisit,
    _ people: [StaffMember],
    note: String?,
    _ errors: FormErrors
  ) {
    let booking = opened.booking
    let bookingURL = staff.base + "/bookings/\(booking.id)"
    let path = bookingURL + "/reschedule"
    let groups = free.groups(of: day, showsPlaces: (opened.service?.capacity ?? 1) > 1, chosen: choice.start)
    let anyone = LinkOption(
      label: "Anyone",
      url: choice.url(path, staff: nil, day: choice.day),
      isChosen: choice.staff == nil
    )
    let who = people.map {
      LinkOption(
        label: $0.name,
        url: choice.url(path, staff: $0.id, day: choice.day),
        isChosen: choice.staff == $0.id
      )
    }
    self.init(
      layout: staff.layout("Move", hasProblem: !errors.isEmpty),
      appointment: staff.appointment(opened),
      firstName: StaffWords.firstName(opened),
      person: staff.name(of: booking.staff),
      bookingURL: bookingURL,
      action: QueryText.url(path, [("time-off", choice.block?.description)]),
      version: String(booking.version),
      errors: errors.summary,
      note: note,
      choosers: people.contains { $0.id != booking.staff }
        ? [Chooser(heading: "With whom", options: [anyone] + who)] : [],
      staff: choice.staff?.text ?? "",
      month: MonthGrid(of: day, free: free, today: today, last: today + 365) {
        choice.url(path, staff: choice.staff, day: $0, at: $1)
      },
      zone: PageWords.zone(free.zone, at: free.zone.startOfDay(day) + .hours(12)),
      chosenDay: PageWords.day(day),
      groups: groups,
      hasTimes: !groups.isEmpty,
      noTimes: groups.isEmpty
        ? free.days.isEmpty ? "Nothing is free in these two months." : "Nothing is free on this day." : nil
    )
  }
}

extension StaffVisit {
  /// Who may have a booking at its place, as far as the reader moves others' bookings.
  fileprivate func servers(of booking: BookingRecord) -> [StaffMember] {
    guard reachesOthers(.moveBooking) else { return [] }
    let servers = timetable.staff(serving: booking.service).compactMap { timetable.staffMember($0) }
    let place = booking.location
    return servers.filter { member in
      (member.works(at: place) || business.places(of: member).contains(place))
        && may(.moveBooking, on: Target(staff: member.id, locations: [place]))
    }
  }

  /// That whoever has the booking serves no longer, and who else does; nil where they do.
  fileprivate func noteOfMove(_ booking: BookingRecord, to people: [StaffMember]) async throws -> String? {
    guard reachesOthers(.moveBooking), timetable.service(booking.service) != nil,
      !people.contains(where: { $0.id == booking.staff })
    else { return nil }
    let name = name(of: booking.staff)
    let gone =
      try await desk.hasLeft(booking.staff) ? "\(name) has left" : "\(name) no longer does this at this place"
    guard let first = people.first else { return gone + ", and nobody else does it there." }
    return gone + ". Choose a time with \(people.count == 1 ? first.name : "somebody else")."
  }

  /// Free starts in the 62 days from `first`; none for a service or length that is no longer in the business
  /// file.
  fileprivate func times(
    toMove booking: BookingRecord,
    to person: Slug?,
    from first: CivilDay,
    _ zone: Zone
  ) async throws -> [Offer] {
    guard let span = Interval(start: zone.startOfDay(first), end: zone.startOfDay(first + 62)) else {
      return []
    }
    do {
      return try await desk.offersForCaller(
        SlotQuestion(
          service: booking.service,
          minutes: booking.served.length / 60,
          staff: person,
          location: booking.location,
          span: span,
          audience: .staff,
          releasing: booking.sitting
        ),
        to: .moveBooking,
        by: self.person
      )
    } catch let refusal as Refusal where refusal.code == .invalid {
      return []
    }
  }
}
