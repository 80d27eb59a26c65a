import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension API {
  /// The most bytes a JSON body may have.
  static let longestBody = 32_768

  /// `POST /api/v1/{business}/bookings` → 201, or 200 for a request that was answered before.
  @Sendable static func makeBooking(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let timetable = try await desk.timetable()
    var body = try await JSONBody(visit.body(upTo: longestBody))
    let service = body.slug("service", required: true)
    let start = body.instant("start")
    let staff = body.slug("staff")
    let location = body.slug("location")
    let minutes = body.integer("minutes")
    let zone = body.text("zone")
    var contact = ContactForm(name: "")
    body.nested("customer", required: true) { customer in
      contact.name = customer.text("name", required: true) ?? ""
      contact.email = customer.text("email", required: true)
      contact.phone = customer.text("phone")
      contact.address = customer.text("address")
    }
    body.nested("answers", required: false) { contact.answers = $0.texts() }
    contact.takeAddressFromAnswers(service.flatMap { timetable.service($0) })
    do {
      try body.finish()
    } catch let refusal as Refusal {
      // Everything that is wrong is said at once, also what the act would have found.
      let known = Set(refusal.fields.map(\.path))
      let more = service.map { timetable.problems(in: contact, for: $0) } ?? []
      throw Refusal.invalid(refusal.fields + more.filter { !known.contains($0.path) })
    }
    guard let service, let start else { throw Refusal(.invalid) }
    let ticket = try await desk.bookSlot(
      BookingRequest(
        service: service,
        minutes: minutes,
        staff: staff,
        location: location,
        start: start,
        zone: zone,
        contact: contact,
        channel: .api,
        idempotencyKey: idempotencyKey.flatMap { visit.request.headers[$0] }
      ),
      by: .stranger(network: "")
    )
    return answer(ticket, timetable, ticket.isNew ? .created : .ok)
  }

  /// `POST /api/v1/{business}/manage`: time and service of the booking a code opens.
  @Sendable static func manage(_ visit: Visit) async throws -> Response {
    var body = try await JSONBody(visit.body(upTo: longestBody))
    let code = body.text("code", required: true) ?? ""
    try body.finish()
    let desk = try await visit.desk()
    let booking = try await desk.openManagedBooking(code: code)
    let zone = try await desk.timetable().zone(of: booking.location)
    return Response.json(personal: true) { json in
      json.field("id", booking.id.description)
      json.field("service", booking.service.id.text)
      if let zone {
        json.field("start", zone.rfc3339(booking.served.start))
        json.field("end", zone.rfc3339(booking.served.end))
      }
      json.field("state", booking.state.rawValue)
      json.field("version", booking.version)
      json.field("may_cancel", booking.mayCancel)
      json.field("may_reschedule", booking.mayReschedule)
    }
  }

  /// `POST /api/v1/{business}/manage/reschedule`
  @Sendable static func reschedule(_ visit: Visit) async throws -> Response {
    var body = try await JSONBody(visit.body(upTo: longestBody))
    let code = body.text("code", required: true) ?? ""
    let version = body.integer("version", required: true) ?? 0
    let start = body.instant("start")
    try body.finish()
    guard let start else { throw Refusal(.invalid) }
    let desk = try await visit.desk()
    let ticket = try await desk.rescheduleManagedBooking(code: code, version: version, start: start)
    return changed(ticket.booking, try await desk.timetable())
  }

  /// `POST /api/v1/{business}/manage/cancellation`
  @Sendable static func cancel(_ visit: Visit) async throws -> Response {
    var body = try await JSONBody(visit.body(upTo: longestBody))
    let code = body.text("code", required: true) ?? ""
    let version = body.integer("version", required: true) ?? 0
    try body.finish()
    let desk = try await visit.desk()
    let ticket = try await desk.cancelManagedBooking(code: code, version: version)
    return changed(ticket.booking, try await desk.timetable())
  }

  static let addressAnswer = Service.addressQuestion?.text ?? ""

  private static let idempotencyKey = HTTPField.Name("Idempotency-Key")

  /// What whoever holds the bare link learns of a change: time and service, the person only if the customer was told.
  private static func changed(_ booking: BookingRecord, _ timetable: Timetable) -> Response {
    let zone = timetable.zone(of: booking.location)
    return Response.json(personal: true) { json in
      json.field("id", booking.id.description)
      json.field("service", booking.service.text)
      if let zone {
        json.field("start", zone.rfc3339(booking.served.start))
        json.field("end", zone.rfc3339(booking.served.end))
      }
      if booking.staffNamed { json.field("staff", booking.staff.text) }
      json.field("state", booking.state.rawValue)
      json.field("version", booking.version)
    }
  }

  private static func answer(_ ticket: BookingTicket, _ timetable: Timetable, _ status: HTTPResponse.Status)
    -> Response
  {
    let booking = ticket.booking
    let zone = timetable.zone(of: booking.location)
    return Response.json(status, personal: true) { json in
      json.field("id", booking.id.description)
      json.field("service", booking.service.text)
      if let zone {
        json.field("start", zone.rfc3339(booking.served.start))
        json.field("end", zone.rfc3339(booking.served.end))
      }
      json.field("staff", booking.staff.text)
      json.field("location", booking.location.text)
      json.field("state", booking.state.rawValue)
      json.field("version", booking.version)
      json.field("manage_url", ticket.manageURL)
    }
  }
}

extension ContactForm {
  /// An address that came as the answer to the question the service list shows.
  fileprivate mutating func takeAddressFromAnswers(_ service: Service?) {
    guard let service, service.place == .customer,
      !service.questions.contains(where: { $0.id == Service.addressQuestion })
    else { return }
    let answer = answers.removeValue(forKey: API.addressAnswer)
    address = address ?? answer
  }
}
