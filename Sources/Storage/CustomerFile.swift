package import Booking
package import Primitives

/// One contact on its way into a file; nil where its booking was deleted.
package struct FiledContact: Sendable {
  /// Where to go on after it.
  package let number: Int
  package let booking: BookingRecord?
  package let contact: ContactRecord
}

extension Records {
  /// Contacts made by `until` whose data is there, in the order in which they were made, from after `number` on.
  package func filedContacts(after number: Int, until: Instant, atMost: Int) throws -> [FiledContact] {
    try all(
      """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns), contact.number
      FROM contact LEFT JOIN booking ON booking.subject = contact.subject
      WHERE contact.number IN (
          SELECT number FROM contact WHERE number > \(number) AND made_at <= \(until) AND erased_at IS NULL
            AND \(ContactRecord.isSomebody)
          ORDER BY number LIMIT \(atMost)
        )
      ORDER BY contact.number, booking.start
      """
    ) { row in
      FiledContact(
        number: row.int(bookingColumnCount + contactColumnCount),
        booking: row.optionalBytes(0) == nil ? nil : try bookingRecord(row),
        contact: try contactRecord(row, from: bookingColumnCount)
      )
    }
  }
}
