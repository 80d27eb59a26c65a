import Booking
import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// How many hits get a look for somebody else at the same time.
  private static let mostInstead = 12

  /// `GET /staff/{business}/time-off/{id}`: the bookings a block hits, each with one act; after an act back
  /// here again.
  @Sendable static func timeOffResult(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let blocked = try await staff.desk.openTimeOff(try visit.identifier(), by: staff.person)
      var hits: [StaffTimeOffResultPage.Hit] = []
      for (index, hit) in blocked.hits.enumerated() {
        let other = index < mostInstead ? try await staff.free(insteadOf: hit) : nil
        hits.append(StaffTimeOffResultPage.Hit(hit, other, blocked.timeOff, staff))
      }
      let notice = try await afterAct(staff)
      return staff.fading(
        try visit.page(StaffTimeOffResultPage(blocked.timeOff, hits, staff, notice: notice))
      )
    }
  }

  /// What became of the booking that was just moved or cancelled.
  private static func afterAct(_ staff: StaffVisit) async throws -> String? {
    let query = staff.visit.query
    guard let said = Said(query) else { return nil }
    guard said == .moved, let id = query.filled("booking").flatMap({ Identifier($0) }) else {
      return said.sentence
    }
    let moved = try await staff.desk.openBooking(id, by: staff.person)
    let zone = staff.zone(of: moved.booking)
    let start = moved.booking.served.start
    return StaffWords.firstName(moved) + ": now on " + PageWords.shortDay(zone.day(at: start)) + ", "
      + PageWords.clock(start, in: zone) + ", with " + staff.name(of: moved.booking.staff) + "."
  }
}

extension StaffTimeOffResultPage {
  fileprivate init(_ timeOff: TimeOff, _ hits: [Hit], _ staff: StaffVisit, notice: String?) {
    let zone = staff.timetable.staffMember(timeOff.staff).map(staff.zone(of:)) ?? staff.home
    let stretch = TimeOffWords.stretch(timeOff.interval, zone)
    let name =
      timeOff.staff == staff.person.id ? "You are away " : staff.name(of: timeOff.staff) + " is away "
    self.init(
      layout: staff.layout("Time off", .timeOff),
      heading: name + TimeOffWords.days(timeOff.interval, zone),
      notice: notice,
      text: stretch + ", " + PageWords.zone(zone, at: timeOff.interval.start) + ".",
      timeOffURL: staff.base + "/time-off",
      dayURL: staff.base + "/day?day=\(zone.day(at: timeOff.interval.start))",
      liftURL: staff.base + "/time-off/\(timeOff.id)/lifting",
      count: hits.isEmpty
        ? "No booking is hit" : hits.count == 1 ? "1 booking needs you" : "\(hits.count) bookings need you",
      hasHits: !hits.isEmpty,
      hits: hits
    )
  }
}

extension StaffTimeOffResultPage.Hit {
  fileprivate init(_ hit: DayVisit, _ other: StaffMember?, _ timeOff: TimeOff, _ staff: StaffVisit) {
    let booking = hit.booking
    let zone = staff.zone(of: booking)
    let url = staff.base + "/bookings/\(booking.id)"
    let back = "?time-off=\(timeOff.id)"
    self.init(
      url: url,
      time: PageWords.shortDay(zone.day(at: booking.served.start)) + ", "
        + PageWords.hours(booking.served, in: zone),
      service: StaffWords.service(hit),
      firstName: StaffWords.firstName(hit),
      version: String(booking.version),
      moveURL: url + "/reschedule" + back,
      cancellationURL: url + "/cancellation" + back,
      instead: other.map { other in
        StaffTimeOffResultPage.Instead(
          label: "Give it to \(other.name)",
          url: url + "/reschedule" + back,
          start: zone.rfc3339(booking.served.start),
          staff: other.id.text
        )
      }
    )
  }
}

extension StaffVisit {
  /// Somebody else who could serve at the same time; nil for those who plan their own work only.
  fileprivate func free(insteadOf hit: DayVisit) async throws -> StaffMember? {
    let booking = hit.booking
    guard may(.moveBooking), timetable.service(booking.service) != nil, booking.served.start > desk.now,
      let span = Interval(start: booking.served.start, end: booking.served.start + 1)
    else { return nil }
    let offers = try? await desk.offersForCaller(
      SlotQuestion(
        service: booking.service,
        minutes: booking.served.length / 60,
        location: booking.location,
        span: span,
        audience: .staff,
        releasing: booking.sitting
      ),
      to: .moveBooking,
      by: person
    )
    let other = offers?.lazy.flatMap(\.staff).first { $0 != booking.staff }
    return other.flatMap { timetable.staffMember($0) }
  }

  /// Where to go on once a booking has changed: to the block whose list it was on, else to the booking.
  func afterwards(_ booking: Identifier, _ said: Said) -> String {
    if let block = visit.query.filled("time-off").flatMap({ Identifier($0) }) {
      return base + "/time-off/\(block)?said=\(said.rawValue)&booking=\(booking)"
    }
    return base + "/bookings/\(booking)?said=" + said.rawValue
  }
}
