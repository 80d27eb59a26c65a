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
    _ = try await requireReach(.viewBooking, by: person, .bookingOpened, for: .visit)
    let sight = person.holder.sight(now: clock.now())
    guard let row = try await store.ask({ try $0.visit(id, through: sight) }) else {
      try await refuse(.bookingOpened, by: person.actor, for: .visit, Refusal(.unknown))
    }
    try await require(.viewBooking, by: person, on: Target(row.0), .bookingOpened, for: .visit)
    let opened = try await open([row], try await timetable(), for: person)
    var detail = ActDetail()
    detail.show([row])
    try await recordReading(.bookingOpened, by: person.actor, for: .visit, detail)
    guard var visit = opened.first else { throw Refusal(.unknown) }
    visit.undelivered = try await store.ask { try $0.undeliveredMessage(of: id) }
    return visit
  }

  /// Shows the contact of one booking; the tap is recorded before it is shown (R19).
  ///
  /// - Throws: `.unknown` like the other; `.outsideHours` when the role may at the time of the visit only.
  package func revealContact(_ id: Identifier, by person: StaffPerson) async throws -> RevealedContact {
    _ = try await requireReach(.revealContact, by: person, .contactRevealed, for: .visit)
    guard let booking = try await store.ask({ try $0.booking(id) }) else {
      try await refuse(.contactRevealed, by: person.actor, for: .visit, Refusal(.unknown))
    }
    try await require(.revealContact, by: person, on: Target(booking), .contactRevealed, for: .visit)
    guard let contact = try await store.ask({ try $0.contact(booking.subject) }),
      let keys = try await keys.open(contact.subject)
    else {
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
}
