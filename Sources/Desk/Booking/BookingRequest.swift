package import Booking
package import Primitives

/// What somebody hands in to get an appointment, as typed; nothing is checked yet.
package struct BookingRequest: Sendable {
  package var service: Slug
  package var minutes: Int?
  /// Nil: anyone.
  package var staff: Slug?
  package var location: Slug?
  package var start: Instant
  /// IANA zone the person looked at; nil: the location's.
  package var zone: String?
  package var contact: ContactForm
  package var channel: BookingChannel
  /// Chosen by the client; a repeated request with the same key is answered with the same booking.
  package var idempotencyKey: String?

  package init(
    service: Slug,
    minutes: Int? = nil,
    staff: Slug? = nil,
    location: Slug? = nil,
    start: Instant,
    zone: String? = nil,
    contact: ContactForm,
    channel: BookingChannel,
    idempotencyKey: String? = nil
  ) {
    self.service = service
    self.minutes = minutes
    self.staff = staff
    self.location = location
    self.start = start
    self.zone = zone
    self.contact = contact
    self.channel = channel
    self.idempotencyKey = idempotencyKey
  }
}

/// Name, ways to reach, and answers, as typed.
package struct ContactForm: Sendable {
  package var name: String
  package var email: String?
  package var phone: String?
  package var address: String?
  /// By the question's id.
  package var answers: [String: String]

  package init(
    name: String,
    email: String? = nil,
    phone: String? = nil,
    address: String? = nil,
    answers: [String: String] = [:]
  ) {
    self.name = name
    self.email = email
    self.phone = phone
    self.address = address
    self.answers = answers
  }
}

/// What the customer gets for the booking: the cloakroom ticket.
package struct BookingTicket: Sendable {
  package let booking: BookingRecord
  /// Opens the booking's manage page; carried in the fragment.
  package let manageURL: String
  /// False when an earlier request with the same idempotency key had made it.
  package let isNew: Bool
}
