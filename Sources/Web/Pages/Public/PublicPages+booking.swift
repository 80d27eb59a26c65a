import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension PublicPages {
  /// `POST /book/{business}/bookings`: the ticket.
  ///
  /// 422 with the same form when something in it is wrong; 409 with near times when the start is gone. Whatever
  /// was typed is kept.
  @Sendable static func makeBooking(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let form = try await visit.form()
    let choice = try BookingChoice(form, try await desk.timetable())
    guard let text = form.filled("start") else { return try await withoutStart(visit, desk, choice, form) }
    guard let start = Instant(rfc3339: text) else { throw Refusal.invalid("start", .notATime) }
    let details = DetailsForm(choice, start: start, typed: form)
    do {
      let ticket = try await desk.bookSlot(details.request, by: .stranger(network: ""))
      return try await self.ticket(visit, desk, choice, ticket, email: form["email"])
    } catch let refusal as Refusal {
      switch refusal.code {
      case .invalid:
        guard refusal.fields.allSatisfy({ $0.path.hasPrefix("customer/") || $0.path.hasPrefix("answers/") })
        else {
          throw refusal
        }
        return try visit.page(
          details.page(visit, now: desk.now, errors: FormErrors(refusal.fields)),
          status: .unprocessableContent
        )
      case .slotTaken, .notOffered:
        let taken = try await near(start, of: choice, desk, refusal.code)
        return try visit.page(details.page(visit, now: desk.now, taken: taken), status: .conflict)
      default: throw refusal
      }
    }
  }

  /// None of the near times was chosen.
  private static func withoutStart(
    _ visit: Visit,
    _ desk: Desk,
    _ choice: BookingChoice,
    _ form: Form
  ) async throws -> Response {
    guard let start = form.filled("near").flatMap({ Instant(rfc3339: $0) }) else {
      throw Refusal.invalid("start", .missing)
    }
    var errors = FormErrors([])
    errors.add("start", "Please choose a time.")
    let taken = try await near(start, of: choice, desk, .slotTaken, error: "Please choose a time.")
    let page = DetailsForm(choice, start: start, typed: form).page(
      visit,
      now: desk.now,
      errors: errors,
      taken: taken
    )
    return try visit.page(page, status: .unprocessableContent)
  }

  /// What the customer takes along.
  ///
  /// A form that was sent twice gets the same ticket again.
  private static func ticket(
    _ visit: Visit,
    _ desk: Desk,
    _ choice: BookingChoice,
    _ ticket: BookingTicket,
    email: String?
  ) async throws -> Response {
    let booking = ticket.booking
    let business = choice.business
    let place = business.location(booking.location)
    let zone = choice.timetable.zone(of: booking.location) ?? choice.zone
    let name = booking.staffNamed ? business.staffMember(booking.staff)?.name : nil
    let page = BookTicketPage(
      layout: visit.layout(business, title: "You are booked"),
      appointment: PageWords.appointment(choice.service.name, booking.served, in: zone, visitor: choice.zone),
      person: name ?? PageWords.anyone,
      place: PageWords.place(choice.service, at: place).beginningUpper,
      price: choice.service.price.map { PageWords.price($0, business.currency) },
      reference: PageWords.reference(booking.id),
      sentTo: email.flatMap { PageWords.masked(email: $0) },
      isMailWaiting: !(try await desk.isMailSet()),
      manageURL: ticket.manageURL,
      policy: PageWords.policy(business.policy, start: booking.served.start, in: zone, now: desk.now),
      isChangeable: PageWords.isChangeable(business.policy, start: booking.served.start, now: desk.now),
      bookURL: choice.servicesURL,
      privacy: PrivacyNote(choice.service, business)
    )
    return try visit.page(page)
  }
}

extension String {
  /// `at your home` at the beginning of a line.
  var beginningUpper: String { prefix(1).uppercased() + dropFirst() }
}
