package import Booking
package import People
package import Primitives

/// What a day's page needs, read by one statement.
package struct DayRows: Sendable {
  /// A contact that the reader may not see now was not fetched.
  package var visits: [(BookingRecord, ContactRecord?)] = []
  package var timeOff: [TimeOff] = []
  /// Overdue messages, counted up to 100.
  package var waitingMessages = 0
}

extension Records {
  /// The bookings of these people that overlap `span` and may be seen, each with as much of its contact as may be, in order
  /// of start; their time off; and how many messages wait.
  package func day(of staff: [Slug], over span: Interval, through sight: Sight, now: Instant) throws
    -> DayRows
  {
    var day = DayRows()
    try rows(
      """
      SELECT \(BookingRecord.selected), \(contactThrough: sight), 0
      FROM booking LEFT JOIN contact ON contact.subject = booking.subject AND \(sight.contacts)
      WHERE \(sight.times) AND booking.staff IN (\(list: staff.map { .text($0.text) })) AND booking.start > \(span.start - .days(2))
        AND booking.start < \(span.end) AND booking."end" > \(span.start) AND booking.state <> 'cancelled'
      UNION ALL
      SELECT id, NULL, NULL, staff, NULL, start, "end", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1
      FROM time_off
      WHERE staff IN (\(list: staff.map { .text($0.text) })) AND "end" > \(span.start) AND start < \(span.end)
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, count(*), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2
      FROM (
        SELECT 1 FROM outbox WHERE state = 'waiting' AND due_at <= \(now)
        UNION ALL SELECT 1 FROM notice WHERE state = 'waiting' AND due_at <= \(now) AND expires_at > \(now) LIMIT 100
      ) AS waiting
      """
    ) { row in
      switch row.int(bookingColumnCount + contactColumnCount) {
      case 0: day.visits.append((try bookingRecord(row), try seenContact(row, from: bookingColumnCount)))
      case 1:
        guard let interval = Interval(start: row.instant(5), end: row.instant(6)) else {
          throw StorageFault.damaged("time_off")
        }
        day.timeOff.append(TimeOff(id: try row.identifier(0), staff: try row.slug(3), interval: interval))
      default: day.waitingMessages = row.int(5)
      }
    }
    day.visits.sort { ($0.0.served.start, $0.0.id) < ($1.0.served.start, $1.0.id) }
    return day
  }
}
