package import Booking
import People
import Primitives
import Storage

/// What happened to one booking and its customer, from the record.
package struct BookingHistory: Sendable {
  /// Everything but looks, tries that were refused among it, the newest first.
  package let changes: [RecordEntry]
  /// The newest first, at most ``Desk/mostLooks``.
  package let looks: [RecordEntry]
  /// Of all.
  package let lookCount: Int
}

extension Desk {
  /// How many looks and how many changes are shown at most.
  package static let mostLooks = 200
  static let mostChanges = 500

  /// What happened to a booking that is open before somebody; nil for whom the role does not show it.
  ///
  /// Part of opening the booking, so no act of its own.
  package func history(of booking: BookingRecord, by person: StaffPerson) async throws -> BookingHistory? {
    guard (try? permit(.viewHistory, person, on: Target(booking))) != nil else { return nil }
    try await completeIndex()
    let names = Desk.recordNames(booking: booking.id, subject: booking.subject)
    return try await store.read { records in
      BookingHistory(
        changes: try records.read(
          try records.auditEntries(naming: names, looks: false, atMost: Desk.mostChanges)
        ),
        looks: try records.read(
          try records.auditEntries(naming: names, looks: true, atMost: Desk.mostLooks)
        ),
        lookCount: try records.looks(at: names)
      )
    }
  }

  /// As entries name a booking and the customer who made it.
  static func recordNames(booking: Identifier, subject: Identifier) -> [String] {
    ["booking/\(booking)", "subject/\(subject)"]
  }
}
