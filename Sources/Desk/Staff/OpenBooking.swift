import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

/// Name and ways to reach one customer, shown after the tap that is recorded.
package struct RevealedContact: Sendable {
  package let name: String
  package let email: String?
  package let phone: String?
  package let isConfirmed: Bool
}

extension Desk {
  /// Opens one booking with its contact still closed.
  ///
  /// - Throws: `.unknown` for none, and for somebody else's when the role sees its own only.
  package func openBooking(_ id: Identifier, by person: StaffPerson) async throws -> DayVisit {
    let (booking, contact) = try await visit(id, .viewBooking, person, .bookingOpened)
    let timetable = try await timetable()
    let opened = try await open([(booking, contact)], timetable)
    var detail = ActDetail()
    detail.touch(booking: booking.id)
    detail.fields = DayVisit.fields
    try await recordReading(.bookingOpened, by: person.actor, for: .visit, detail)
    guard var visit = opened.first else { throw Refusal(.unknown) }
    visit.undelivered = try await store.ask { try $0.undeliveredMessage(of: id) }
    return visit
  }

  /// Shows the contact of one booking; the tap is recorded before it is shown (R19).
  package func revealContact(_ id: Identifier, by person: StaffPerson) async throws -> RevealedContact {
    let (booking, contact) = try await visit(id, .revealContact, person, .contactRevealed)
    guard let keys = try await keys.open(contact.subject) else {
      try await refuse(.contactRevealed, by: person.actor, for: .visit, Refusal(.unknown))
    }
    let revealed = RevealedContact(
      name: try contact.open(.name, keys) ?? "",
      email: try contact.open(.email, keys),
      phone: try contact.open(.phone, keys),
      isConfirmed: contact.confirmedAt != nil
    )
    var detail = ActDetail()
    detail.touch(booking: booking.id)
    detail.touch(subject: contact.subject)
    detail.fields = [ContactField.email, .name, .phone].map(\.rawValue)
    try await recordReading(.contactRevealed, by: person.actor, for: .visit, detail)
    return revealed
  }

  private func visit(
    _ id: Identifier,
    _ verb: Verb,
    _ person: StaffPerson,
    _ name: ActName
  ) async throws -> (BookingRecord, ContactRecord) {
    guard let found = try await store.ask({ try $0.visit(id) }) else {
      try await refuse(name, by: person.actor, for: .visit, Refusal(.unknown))
    }
    try await require(verb, by: person, touching: found.0.staff, name, for: .visit)
    return found
  }
}
