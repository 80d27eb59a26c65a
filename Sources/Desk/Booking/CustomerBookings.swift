import Booking
import Primitives
import Storage

extension Desk {
  /// The bookings a customer already has of a service whose limits count them; empty, and no statement, for all others.
  ///
  /// A customer is recognised by e-mail or phone: confirmed ones by blind index, the unconfirmed of the last 30 days by
  /// the hashes this process keeps in memory only. Reaching the limit is answered like a slot that was taken: another
  /// answer would tell whoever types an address that its owner is a customer.
  func customerBookings(of contact: CheckedContact, for request: BookingRequest) async throws -> [Interval] {
    let timetable = try await timetable()
    guard request.channel != .staff, let service = timetable.business.service(request.service),
      !service.customerLimits.isNone
    else { return [] }
    let indexes = indexes(of: contact)
    try await unconfirmed.refresh(self)
    let unknown = unconfirmed.subjects(matching: indexes)
    let since = request.start - .days(62)
    return try await store.read { records in
      try records.servedIntervals(
        of: request.service,
        indexes: indexes,
        orSubjects: unknown,
        since: since
      )
    }
  }
}
