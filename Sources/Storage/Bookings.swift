package import Booking
package import Primitives

extension Records {
  package func booking(_ id: Identifier) throws -> BookingRecord? {
    try first("SELECT \(columns) FROM booking WHERE id = \(id)", bookingRecord)
  }

  /// Bookings of these people that overlap `span`, cancelled ones left out, in order of start.
  package func bookings(staff: [Slug], over span: Interval) throws -> [BookingRecord] {
    try all(
      """
      SELECT \(columns) FROM booking
      WHERE staff IN (\(list: staff.map { .text($0.text) })) AND start > \(span.start - .days(2))
        AND start < \(span.end) AND "end" > \(span.start) AND state <> 'cancelled'
      ORDER BY start, id
      """,
      bookingRecord
    )
  }

  /// How many bookings that still hold a seat start at or after `now`, by service, person and place.
  package func comingBookings(after now: Instant) throws -> [(
    service: Slug, staff: Slug, location: Slug, count: Int
  )] {
    try all(
      """
      SELECT service, staff, location, count(*) FROM booking WHERE start >= \(now) AND sitting IS NOT NULL
      GROUP BY service, staff, location
      """
    ) { (try $0.slug(0), try $0.slug(1), try $0.slug(2), $0.int(3)) }
  }

  /// The lowest seat of a class that nobody holds.
  package func freeSeat(in sitting: Identifier, capacity: Int) throws -> Int? {
    let taken = try all("SELECT seat FROM booking WHERE sitting = \(sitting)") { $0.int(0) }
    return (1...capacity).first { !taken.contains($0) }
  }
}

extension Changes {
  package func add(_ booking: BookingRecord, idempotency: [UInt8]?, requestHash: [UInt8]?) throws {
    try write(
      """
      INSERT INTO booking (id, subject, service, staff, location, start, "end", sitting, seat, state, version,
        link_version, staff_named, made_by, visitor_zone, idempotency, request_hash, made_at)
      VALUES (\(booking.id), \(booking.subject), \(booking.service), \(booking.staff), \(booking.location),
        \(booking.served.start), \(booking.served.end), \(booking.sitting), \(booking.seat),
        \(booking.state.rawValue), \(booking.version), \(booking.linkVersion), \(booking.staffNamed),
        \(booking.madeBy.rawValue), \(booking.visitorZone), \(idempotency), \(requestHash), \(booking.madeAt))
      """
    )
  }

  /// Writes what may change of a booking; `booking.version` is the new one.
  ///
  /// - Returns: false when the stored version is not the one before, so that nothing was written.
  package func update(_ booking: BookingRecord) throws -> Bool {
    try run(
      """
      UPDATE booking SET staff = \(booking.staff), location = \(booking.location), start = \(booking.served.start),
        "end" = \(booking.served.end), sitting = \(booking.sitting), seat = \(booking.seat),
        state = \(booking.state.rawValue), version = \(booking.version), link_version = \(booking.linkVersion),
        staff_named = \(booking.staffNamed)
      WHERE id = \(booking.id) AND version = \(booking.version - 1)
      """
    ) == 1
  }
}

let bookingColumnCount = 16

private let columns = SQLText(
  """
  booking.id, booking.subject, booking.service, booking.staff, booking.location, booking.start, booking."end",
  booking.sitting, booking.seat, booking.state, booking.version, booking.link_version, booking.staff_named,
  booking.made_by, booking.visitor_zone, booking.made_at
  """
)

extension BookingRecord {
  static var selected: SQLText { columns }
}

func bookingRecord(_ row: any Row) throws -> BookingRecord {
  guard let served = Interval(start: row.instant(5), end: row.instant(6)),
    let state = BookingState(rawValue: row.text(9)),
    let madeBy = BookingChannel(rawValue: row.text(13))
  else { throw StorageFault.damaged("booking") }
  return BookingRecord(
    id: try row.identifier(0),
    subject: try row.identifier(1),
    service: try row.slug(2),
    staff: try row.slug(3),
    location: try row.slug(4),
    served: served,
    sitting: try row.optionalIdentifier(7),
    seat: row.optionalInt(8),
    state: state,
    version: row.int(10),
    linkVersion: row.int(11),
    staffNamed: row.bool(12),
    madeBy: madeBy,
    visitorZone: row.text(14),
    madeAt: row.instant(15)
  )
}
