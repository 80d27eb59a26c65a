package import Booking
package import Primitives

extension Records {
  /// What a booking was before each of its changes, the newest change first; changes from before this was kept are not
  /// among them, nor any once its customer was erased.
  package func factsBefore(_ booking: Identifier, atMost: Int) throws -> [BookingFacts] {
    try all(
      """
      SELECT staff, location, start, state FROM booking_before WHERE booking = \(booking)
      ORDER BY version DESC LIMIT \(atMost)
      """
    ) { row in
      guard let state = BookingState(rawValue: row.text(3)) else {
        throw StorageFault.damaged("booking_before")
      }
      return BookingFacts(
        staff: try row.slug(0),
        location: try row.slug(1),
        start: row.instant(2),
        state: state
      )
    }
  }
}

extension Changes {
  /// Keeps what a booking is now, unless its customer was erased; to be called once in each act that changes it.
  package func keepBefore(_ booking: BookingRecord) throws {
    try write(
      """
      INSERT INTO booking_before (booking, version, staff, location, start, state)
      SELECT id, version, staff, location, start, state FROM booking
      WHERE id = \(booking.id) AND version = \(booking.version)
        AND EXISTS (SELECT 1 FROM contact WHERE subject = booking.subject AND erased_at IS NULL)
      """
    )
  }
}
