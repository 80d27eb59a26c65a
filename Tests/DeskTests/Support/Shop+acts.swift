import Booking
import Primitives
import Testing

@testable import Desk

extension Shop {
  func request(
    _ service: String = "repair",
    at start: Instant,
    with staff: String? = nil,
    for contact: ContactForm = Cast.rasa,
    key: String? = nil
  ) throws -> BookingRequest {
    BookingRequest(
      service: try slug(service),
      staff: try staff.map(slug),
      start: start,
      contact: contact,
      channel: .api,
      idempotencyKey: key
    )
  }

  @discardableResult
  func book(
    _ service: String = "repair",
    at start: Instant,
    with staff: String? = nil,
    for contact: ContactForm = Cast.rasa,
    key: String? = nil
  ) async throws -> BookingTicket {
    try await desk.bookSlot(
      try request(service, at: start, with: staff, for: contact, key: key),
      by: .stranger(network: "192.0.2.0/24")
    )
  }

  /// The code that the ticket's link carries.
  func code(_ ticket: BookingTicket) throws -> String {
    try fragment(of: ticket.manageURL)
  }

  /// The code that goes out by mail.
  func mailedCode(_ ticket: BookingTicket) throws -> String {
    try fragment(of: desk.manageURL(of: ticket.booking, mailed: true))
  }

  func starts(_ service: String, _ date: String, with staff: String? = nil) async throws -> [Instant] {
    let zone = try desk.zones.zone(named: "Europe/Vilnius")
    let span = try #require(zone.interval(of: try day(date)))
    let question = SlotQuestion(
      service: try slug(service),
      staff: try staff.map(slug),
      span: span,
      audience: .visitors
    )
    return try await desk.offers(question).map(\.start)
  }
}

/// What a link carries after its `#`.
func fragment(of link: String) throws -> String { String(try #require(link.split(separator: "#").last)) }

/// How `body` was refused; nil when it was not.
func refusal(of body: () async throws -> some Any) async throws -> Refusal? {
  do {
    _ = try await body()
    return nil
  } catch let refused as Refusal {
    return refused
  }
}
