package import Booking
package import People
package import Primitives

/// Contacts that somebody has not seen: those after a number, and single ones before it.
package struct NewContacts: Sendable {
  let after: Int
  package let single: [Int]

  package init(after: Int, or single: [Int]) {
    self.after = after
    self.single = single
  }

  /// No contact is newer.
  package static let none = NewContacts(after: .max, or: [])
}

extension SQL.Interpolation {
  fileprivate mutating func appendInterpolation(_ newer: NewContacts) {
    appendLiteral("(number > ")
    appendInterpolation(newer.after)
    if !newer.single.isEmpty {
      appendLiteral(" OR number IN (")
      appendInterpolation(list: newer.single.map { Value.integer(Int64($0)) })
      appendLiteral(")")
    }
    appendLiteral(")")
  }
}

/// Contacts with their bookings; nil for a contact whose booking was deleted.
package struct CustomerRows: Sendable {
  package var visits: [(BookingRecord?, ContactRecord)] = []
  /// Whether there are unconfirmed contacts that the caller has not opened yet.
  package var hasNewer = false
  /// Whether one of them is nobody.
  package var hasDecoy = false
}

/// Whether the first starts later; none at all comes last.
private func startsLater(_ one: BookingRecord?, _ other: BookingRecord?) -> Bool {
  guard let one, let other else { return one != nil && other == nil }
  return (one.served.start, one.id) > (other.served.start, other.id)
}

package enum ContactIndexColumn: String, Sendable {
  case email = "email_index"
  case phone = "phone_index"
}

extension Records {
  /// Those of `extent` alone: the bookings of confirmed customers by blind index and of the unconfirmed by subject, newest first, and whether
  /// there are `newer` unconfirmed contacts. One statement.
  package func search(
    _ column: ContactIndexColumn,
    equals index: [UInt8],
    orSubjects subjects: [Identifier],
    unless newer: NewContacts,
    madeSince: Instant,
    within extent: Extent = .everything,
    atMost: Int = 1_000
  ) throws -> CustomerRows {
    var sql: SQL = """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns), CASE WHEN \(ContactRecord.isSomebody) THEN 0 ELSE 2 END
      FROM contact LEFT JOIN booking ON booking.subject = contact.subject AND \(extent)
      """
    switch column {
    case .email: sql += " WHERE (contact.email_index = \(index)"
    case .phone: sql += " WHERE (contact.phone_index = \(index)"
    }
    if !subjects.isEmpty { sql += " OR contact.subject IN (\(list: subjects.map { .blob($0.bytes) }))" }
    sql += ")"
    // Who has no booking that may be seen is nobody the asker knows of.
    if !extent.isEverything { sql += " AND (booking.id IS NOT NULL OR NOT \(ContactRecord.isSomebody))" }
    sql += """

      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1
      FROM (
        SELECT 1 FROM contact WHERE confirmed_at IS NULL AND \(newer) AND made_at >= \(madeSince) LIMIT 1
      ) AS newer
      """
    var found = CustomerRows()
    try rows(sql) { row in
      let kind = row.int(bookingColumnCount + contactColumnCount)
      if kind == 1 {
        found.hasNewer = true
      } else {
        if kind == 2 { found.hasDecoy = true }
        let contact = try contactRecord(row, from: bookingColumnCount)
        found.visits.append((row.optionalBytes(0) == nil ? nil : try bookingRecord(row), contact))
      }
    }
    found.visits.sort { startsLater($0.0, $1.0) }
    found.visits = Array(found.visits.prefix(atMost))
    return found
  }

  /// Newer contacts that nobody has confirmed, oldest first.
  package func unconfirmedContacts(
    _ newer: NewContacts,
    madeSince: Instant,
    atMost: Int
  ) throws -> [(number: Int, contact: ContactRecord)] {
    try all(
      """
      SELECT number, \(ContactRecord.columns) FROM contact
      WHERE confirmed_at IS NULL AND \(newer) AND made_at >= \(madeSince) ORDER BY number
      LIMIT \(atMost)
      """
    ) { ($0.int(0), try contactRecord($0, from: 1)) }
  }

  /// The numbers of these that belong to confirmed contacts.
  package func confirmedContacts(among numbers: [Int]) throws -> [Int] {
    try all(
      """
      SELECT number FROM contact
      WHERE number IN (\(list: numbers.map { Value.integer(Int64($0)) })) AND confirmed_at IS NOT NULL
      """
    ) { $0.int(0) }
  }

  /// When the customer with these indexes, or any of these subjects, was or will be served.
  package func servedIntervals(
    of service: Slug,
    indexes: ContactIndexes,
    orSubjects subjects: [Identifier],
    since: Instant
  ) throws -> [Interval] {
    try all(
      """
      SELECT booking.start, booking."end" FROM contact JOIN booking ON booking.subject = contact.subject
      WHERE (contact.email_index = \(indexes.email) OR contact.phone_index = \(indexes.phone)
          OR contact.subject IN (\(list: subjects.map { .blob($0.bytes) })))
        AND booking.service = \(service) AND booking.start >= \(since) AND booking.state <> 'cancelled'
      """
    ) { row in
      guard let interval = Interval(start: row.instant(0), end: row.instant(1)) else {
        throw StorageFault.damaged("booking")
      }
      return interval
    }
  }
}
