package import Booking
import People
import Primitives
import Storage

/// What happened to one booking and its customer, from the record.
package struct BookingHistory: Sendable {
  /// Everything but looks, tries that were refused among it, the newest first.
  package let changes: [RecordEntry]
  /// From what to what, by the number of the entry; where that was kept.
  package let steps: [Int: BookingStep]
  /// The newest first, at most ``Desk/mostLooks``.
  package let looks: [RecordEntry]
  /// Of all.
  package let lookCount: Int
}

/// One change of a booking.
package struct BookingStep: Hashable, Sendable {
  package let before: BookingFacts
  package let after: BookingFacts
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
    let now = clock.now()
    let names = Desk.recordNames(booking: booking.id, subject: booking.subject)
    return try await store.read { records in
      let changes = try records.read(
        try records.auditEntries(naming: names, looks: false, atMost: Desk.mostChanges)
      )
      // What lay elsewhere or with somebody else is told to whom it could have been shown.
      func mayKnow(_ facts: BookingFacts) -> Bool {
        let target = Target(staff: facts.staff, locations: [facts.location])
        return person.holder.decide(.viewDay, on: target, now: now).isGranted
      }
      return BookingHistory(
        changes: changes,
        steps: try records.steps(of: booking, changes).filter {
          mayKnow($0.value.before) && mayKnow($0.value.after)
        },
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

extension Records {
  /// Each change of a booking has one entry and leaves what was before, both in one transaction, and the changes of one
  /// booking stand in a row: so the newest of the one belong to the newest of the other. None when the booking has been
  /// changed since it was read, and the record may not be that far.
  fileprivate func steps(of read: BookingRecord, _ changes: [RecordEntry]) throws -> [Int: BookingStep] {
    guard let booking = try booking(read.id), booking.version == read.version else { return [:] }
    let done = changes.filter { $0.refusal == nil && $0.changes(booking.id) }
    var after = BookingFacts(booking)
    var steps: [Int: BookingStep] = [:]
    for (entry, before) in zip(done, try factsBefore(booking.id, atMost: done.count)) {
      steps[entry.number] = BookingStep(before: before, after: after)
      after = before
    }
    return steps
  }
}

extension RecordEntry {
  fileprivate func changes(_ booking: Identifier) -> Bool {
    switch name {
    case .bookingRescheduled, .bookingCancelled, .bookingMarked: records.contains("booking/\(booking)")
    default: false
    }
  }
}
