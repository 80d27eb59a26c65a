import Audit
package import Booking
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
  /// - Parameter verb: what it is opened for, when that takes a permit of its own.
  /// - Throws: `.unknown` for none, and for somebody else's when the role sees its own only.
  package func openBooking(_ id: Identifier, to verb: Verb = .viewBooking, by person: StaffPerson)
    async throws -> DayVisit
  {
    let verbs = verb == .viewBooking ? [verb] : [verb, .viewBooking]
    for verb in verbs { _ = try await requireReach(verb, by: person, .bookingOpened, for: .visit) }
    let sight = person.holder.sightOfOne(now: clock.now())
    let row = try await show(.bookingOpened, to: person, for: .visit) { [self] changes, detail in
      guard let row = try changes.visit(id, through: sight) else { throw Refusal(.unknown) }
      for verb in verbs { detail.touch(try permit(verb, person, on: Target(row.0))) }
      detail.show([row])
      return (row, of: [row].subjects)
    }
    let opened = try await open([row].compactMap { $0 }, try await timetable(), for: person)
    guard var visit = opened.first else { throw Refusal(.unknown) }
    visit.undelivered = try await store.ask { try $0.undeliveredMessage(of: id) }
    return visit
  }

  /// Whether somebody works here no longer.
  package func hasLeft(_ staff: Slug) async throws -> Bool {
    try await store.ask { try $0.leavers()[staff] != nil }
  }

  /// Shows the contact of one booking; the tap is recorded before it is shown (R19).
  ///
  /// - Throws: `.unknown` like the other; `.outsideHours` when the role may at the time of the visit only.
  package func revealContact(_ id: Identifier, by person: StaffPerson) async throws -> RevealedContact {
    _ = try await requireReach(.revealContact, by: person, .contactRevealed, for: .visit)
    let subject = try await store.ask { try $0.booking(id)?.subject }
    let keys = if let subject { try await keys.open(subject) } else { nil as SubjectKeys? }
    let found = try await show(.contactRevealed, to: person, for: .visit) { [self] changes, detail in
      guard let booking = try changes.booking(id) else { throw Refusal(.unknown) }
      detail.touch(try permit(.revealContact, person, on: Target(booking)))
      guard keys != nil, let contact = try changes.contact(booking.subject) else { throw Refusal(.unknown) }
      detail.touch(booking: booking.id)
      detail.touch(subject: contact.subject)
      detail.fields = [ContactField.email, .name, .phone].map(\.rawValue)
      return (contact, of: [contact.subject])
    }
    guard let contact = found, let keys else { throw Refusal(.unknown) }
    return RevealedContact(
      name: try contact.open(.name, keys) ?? "",
      email: try contact.open(.email, keys),
      phone: try contact.open(.phone, keys),
      isConfirmed: contact.confirmedAt != nil
    )
  }
}
