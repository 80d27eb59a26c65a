import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

/// A request of somebody who holds the code of a booking.
struct ManageVisit: Sendable {
  let visit: Visit
  let desk: Desk
  let business: Business
  let form: Form
  /// As typed, or the last part of the link that was pasted.
  let code: String

  /// Where its pages are: `/manage/spare-hands`.
  var base: String { "/manage/\(business.id)" }
  var bookURL: String { "/book/\(business.id)" }
}

extension PublicPages {
  /// `GET /manage/{business}`: asks for the code, which a module takes from the address's fragment.
  @Sendable static func askForCode(_ visit: Visit) async throws -> Response {
    try askForCode(visit, try await visit.desk().timetable().business)
  }

  /// Runs an act of whoever holds the code; a code that opens nothing is asked for again.
  static func managing(
    _ visit: Visit,
    _ body: (ManageVisit) async throws -> Response
  ) async throws -> Response {
    let desk = try await visit.desk()
    let business = try await desk.timetable().business
    let form = try await visit.form()
    let typed = form["code"] ?? ""
    let code = typed.split(separator: "#").last.map { String($0.filter { !$0.isWhitespace }) } ?? ""
    do {
      return try await body(ManageVisit(visit: visit, desk: desk, business: business, form: form, code: code))
    } catch let refusal as Refusal where refusal.code == .unknown {
      return try askForCode(visit, business, typed: typed)
    }
  }

  private static func askForCode(_ visit: Visit, _ business: Business, typed: String? = nil) throws
    -> Response
  {
    var errors = FormErrors([])
    if let typed {
      errors.add(
        "code",
        typed.isEmpty
          ? "Please type or paste the code."
          : "No booking has this code. Please copy the whole link once more."
      )
    }
    let page = ManageCodePage(
      layout: visit.layout(business, title: "Your booking", hasErrors: typed != nil),
      action: "/manage/\(business.id)",
      errors: errors.summary,
      code: errors.field("code", typed)
    )
    return try visit.page(page, status: typed == nil ? .ok : .notFound)
  }
}

extension ManageVisit {
  /// The booking as it stands: time, service and place, nothing of the customer.
  ///
  /// `refusal`: why what was asked for was not done; nothing was changed then.
  func bookingPage(refusal: RefusalCode? = nil) async throws -> Response {
    let booking = try await desk.openManagedBooking(code: code)
    let zone = try ZoneLibrary.system.zone(named: booking.zone)
    let visitor = (try? ZoneLibrary.system.zone(named: booking.visitorZone)) ?? zone
    let page = ManageBookingPage(
      layout: visit.layout(business, title: "Your booking", hasErrors: refusal != nil),
      appointment: PageWords.appointment(booking.service.name, booking.served, in: zone, visitor: visitor),
      person: booking.staff.flatMap { business.staffMember($0)?.name } ?? PageWords.anyone,
      place: PageWords.place(booking.service, at: business.location(booking.location)).beginningUpper,
      reference: PageWords.reference(booking.id),
      status: PageWords.state(booking.state),
      isCancelled: booking.state == .cancelled,
      notice: refusal.map { $0.sentence + " Nothing was changed." },
      code: code,
      version: String(booking.version),
      reschedule: booking.mayReschedule ? ManageBookingPage.Action(url: base + "/times") : nil,
      cancellation: booking.mayCancel ? ManageBookingPage.Action(url: base + "/cancellation") : nil,
      confirmationURL: booking.mayConfirm && booking.state == .booked ? base + "/confirmation" : nil,
      policy: policy(of: booking, zone),
      bookURL: bookURL,
      ownURL: "/my/\(business.id)"
    )
    return try visit.page(page, status: refusal?.status ?? .ok)
  }

  private func policy(of booking: ManagedBooking, _ zone: Zone) -> String {
    switch booking.state {
    case .booked: PageWords.policy(booking.policy, start: booking.served.start, in: zone, now: desk.now)
    case .cancelled: "This booking is cancelled. There is nothing left to do."
    case .arrived, .done, .noShow: "This appointment is over and can no longer be changed."
    }
  }

  /// `ticket`: the booking as it stands now; nil when it is cancelled.
  func donePage(_ heading: String, _ paragraphs: [String], _ ticket: BookingTicket?) async throws -> Response
  {
    let timetable = try await desk.timetable()
    let stub = ticket.map(\.booking).flatMap { booking -> ManageDonePage.Ticket? in
      guard let zone = timetable.zone(of: booking.location), let service = timetable.service(booking.service)
      else {
        return nil
      }
      let visitor = try? ZoneLibrary.system.zone(named: booking.visitorZone)
      return ManageDonePage.Ticket(
        appointment: PageWords.appointment(service.name, booking.served, in: zone, visitor: visitor),
        reference: PageWords.reference(booking.id)
      )
    }
    let page = ManageDonePage(
      layout: visit.layout(business, title: heading),
      heading: heading,
      paragraphs: paragraphs,
      ticket: stub,
      again: ticket == nil ? nil : ManageDonePage.Again(url: base, code: code),
      bookURL: bookURL
    )
    return try visit.page(page)
  }
}
