import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/bookings/{id}`
  @Sendable static func booking(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let opened = try await staff.desk.openBooking(try visit.identifier(), by: staff.person)
      let history = try await staff.history(of: opened)
      return staff.fading(
        try visit.page(StaffBookingPage(opened, staff, history, notice: Said(visit.query)?.sentence))
      )
    }
  }

  /// `POST /staff/{business}/bookings/{id}/contact`: the page with the contact shown. The answer is the page
  /// itself, since an address that shows a contact could be opened again without a tap.
  @Sendable static func revealContact(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let id = try visit.identifier()
      let contact = try await staff.desk.revealContact(id, by: staff.person)
      let opened = try await staff.desk.openBooking(id, by: staff.person)
      return staff.fading(
        try visit.page(
          StaffBookingPage(opened, staff, try await staff.history(of: opened), shown: contact)
        ),
        to: staff.base + "/bookings/\(id)"
      )
    }
  }

  /// `POST /staff/{business}/bookings/{id}/mark`: back to the list it came from, or to the booking.
  @Sendable static func mark(_ visit: Visit) async throws -> Response {
    try await change(visit) { staff, id, version, form in
      guard let mark = form["mark"].flatMap({ BookingState(rawValue: $0) }) else {
        throw Refusal.invalid("mark", .notAChoice)
      }
      _ = try await staff.desk.markBooking(id, mark, version: version, by: staff.person)
      guard let day = visit.query.filled("day") else { return staff.afterwards(id, .marked) }
      return QueryText.url(
        staff.base + "/day",
        [("day", day), ("staff", visit.query["staff"]), ("said", Said.marked.rawValue)],
        at: "booking-\(id)"
      )
    }
  }

  /// `POST /staff/{business}/bookings/{id}/cancellation`
  @Sendable static func cancel(_ visit: Visit) async throws -> Response {
    try await change(visit) { staff, id, version, _ in
      _ = try await staff.desk.cancelBooking(id, version: version, by: staff.person)
      return staff.afterwards(id, .cancelled)
    }
  }

  /// Changes one booking and leads on; when somebody else was quicker, answers with the booking as it is now.
  private static func change(
    _ visit: Visit,
    _ body: (StaffVisit, Identifier, _ version: Int, Form) async throws -> String
  ) async throws -> Response {
    try await act(visit) { staff, form in
      let id = try visit.identifier()
      do {
        return seeOther(try await body(staff, id, Int(form["version"] ?? "") ?? 0, form))
      } catch let refusal as Refusal where [.stale, .alreadyEnded, .tooEarly].contains(refusal.code) {
        return try await changedMeanwhile(id, refusal, staff)
      }
    }
  }

  /// 409 with the booking as it stands now.
  static func changedMeanwhile(_ id: Identifier, _ refusal: Refusal, _ staff: StaffVisit) async throws
    -> Response
  {
    let opened = try await staff.desk.openBooking(id, by: staff.person)
    return try staff.visit.page(
      StaffBookingPage(
        opened,
        staff,
        try await staff.history(of: opened),
        problem: refusal.code.sentence
      ),
      status: refusal.code.status
    )
  }
}

extension StaffVisit {
  /// What happened to a booking that is open before them; nil for who may not see that.
  func history(of visit: DayVisit) async throws -> BookingHistoryPart? {
    try await desk.history(of: visit.booking, by: person).map {
      BookingHistoryPart($0, of: visit.booking, self)
    }
  }
}

extension StaffBookingPage {
  init(
    _ visit: DayVisit,
    _ staff: StaffVisit,
    _ history: BookingHistoryPart?,
    shown: RevealedContact? = nil,
    notice: String? = nil,
    problem: String? = nil
  ) {
    let booking = visit.booking
    let url = staff.base + "/bookings/\(booking.id)"
    let isOpen = booking.state == .booked
    let zone = staff.zone(of: booking)
    let day = zone.day(at: booking.served.start)
    let mayMark = staff.may(.markVisit, on: Target(booking))
    let marks = mayMark ? StaffWords.marks(booking, now: staff.desk.now) : []
    self.init(
      layout: staff.layout("Booking", hasProblem: problem != nil),
      dayURL: staff.base + "/day?day=\(day)",
      dayLabel: "Day list, " + PageWords.dayOfMonth(day),
      appointment: staff.appointment(visit),
      reference: PageWords.reference(booking.id),
      person: staff.name(of: booking.staff),
      firstName: StaffWords.firstName(visit),
      place: StaffWords.place(visit, staff.business),
      seat: StaffWords.seat(visit),
      price: staff.may(.viewMoney, on: Target(booking))
        ? visit.service?.price.map { PageWords.price($0, staff.business.currency) } : nil,
      status: PageWords.state(booking.state),
      statusKind: booking.state.rawValue,
      notice: notice,
      problem: problem,
      undelivered: visit.undelivered.map(StaffWords.undelivered),
      contact: visit.hasContact && visit.mayReveal
        ? Contact(masked: StaffWords.masked, showURL: url + "/contact", shown: shown.map(Shown.init)) : nil,
      noContact: StaffBookingPage.noContact(visit, in: zone),
      showsDetails: visit.showsDetails,
      answers: StaffWords.answers(visit).map { Answer(label: $0.question, text: $0.answer) },
      marks: marks,
      markURL: marks.isEmpty ? nil : url + "/mark",
      marksFrom: mayMark ? StaffWords.marksFrom(booking, in: zone, now: staff.desk.now) : nil,
      version: String(booking.version),
      moveURL: isOpen && staff.may(.moveBooking, on: Target(booking)) ? url + "/reschedule" : nil,
      cancellationURL: isOpen && staff.may(.cancelBooking, on: Target(booking))
        ? url + "/cancellation" : nil,
      accessURL: staff.may(.viewAccess, on: Target(booking)) ? url + "/access" : nil,
      history: history
    )
  }

  /// Why there is no contact to show.
  private static func noContact(_ visit: DayVisit, in zone: Zone) -> String? {
    if let closed = StaffWords.closed(visit, in: zone) { return closed }
    if !visit.hasContact { return "No phone number and no e-mail address were given." }
    return visit.mayReveal ? nil : "Your role does not show contacts, or not at this time."
  }
}

extension StaffBookingPage.Shown {
  fileprivate init(_ contact: RevealedContact) {
    self.init(name: contact.name, phone: PageWords.phone(contact.phone), email: contact.email)
  }
}
