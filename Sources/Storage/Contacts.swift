package import Booking
package import Primitives
package import Vault

/// Who comes to a booking, as stored: sealed cells under the subject's own keys.
package struct ContactRecord: Sendable {
  package let subject: Identifier
  package let rowVersion: Int
  package let name: Sealed
  package let email: Sealed?
  package let phone: Sealed?
  package let address: Sealed?
  package let answers: Sealed?
  /// When the first of the answers is to be erased; nil without answers.
  package let answersUntil: Instant?
  package let madeAt: Instant
  package let confirmedAt: Instant?

  package init(
    subject: Identifier,
    rowVersion: Int,
    name: Sealed,
    email: Sealed?,
    phone: Sealed?,
    address: Sealed?,
    answers: Sealed?,
    answersUntil: Instant?,
    madeAt: Instant,
    confirmedAt: Instant?
  ) {
    self.subject = subject
    self.rowVersion = rowVersion
    self.name = name
    self.email = email
    self.phone = phone
    self.address = address
    self.answers = answers
    self.answersUntil = answersUntil
    self.madeAt = madeAt
    self.confirmedAt = confirmedAt
  }
}

/// The blind indexes of a confirmed contact.
package struct ContactIndexes: Sendable {
  package let email: [UInt8]?
  package let phone: [UInt8]?

  package init(email: [UInt8]?, phone: [UInt8]?) {
    self.email = email
    self.phone = phone
  }
}

extension Changes {
  /// `indexes` only for a contact that is confirmed; the schema refuses them otherwise.
  package func add(_ contact: ContactRecord, indexes: ContactIndexes?) throws {
    try write(
      """
      INSERT INTO contact (subject, row_version, name, email, phone, address, answers, answers_until, email_index,
        phone_index, made_at, confirmed_at)
      VALUES (\(contact.subject), \(contact.rowVersion), \(contact.name.bytes), \(contact.email?.bytes),
        \(contact.phone?.bytes), \(contact.address?.bytes), \(contact.answers?.bytes), \(contact.answersUntil),
        \(indexes?.email), \(indexes?.phone), \(contact.madeAt), \(contact.confirmedAt))
      """
    )
  }

  /// Replaces every sealed cell of a contact; `contact.rowVersion` is the new one.
  ///
  /// - Returns: false when the stored version is not the one before, so that nothing was written.
  package func update(_ contact: ContactRecord) throws -> Bool {
    try run(
      """
      UPDATE contact SET row_version = \(contact.rowVersion), name = \(contact.name.bytes),
        email = \(contact.email?.bytes), phone = \(contact.phone?.bytes), address = \(contact.address?.bytes),
        answers = \(contact.answers?.bytes), answers_until = \(contact.answersUntil)
      WHERE subject = \(contact.subject) AND row_version = \(contact.rowVersion - 1)
      """
    ) == 1
  }

  /// Moves the erasure of answers with their visit.
  package func setAnswersUntil(_ until: Instant, of subject: Identifier) throws {
    try write(
      "UPDATE contact SET answers_until = \(until) WHERE subject = \(subject) AND answers IS NOT NULL"
    )
  }

  /// Erases answers that nobody can open any more.
  package func dropAnswers(of subject: Identifier) throws {
    try write("UPDATE contact SET answers = NULL, answers_until = NULL WHERE subject = \(subject)")
  }

  package func confirmContact(_ subject: Identifier, indexes: ContactIndexes, at now: Instant) throws {
    try write(
      """
      UPDATE contact SET email_index = \(indexes.email), phone_index = \(indexes.phone), confirmed_at = \(now)
      WHERE subject = \(subject) AND confirmed_at IS NULL
      """
    )
  }
}

extension Records {
  package func contact(_ subject: Identifier) throws -> ContactRecord? {
    try first("SELECT \(ContactRecord.columns) FROM contact WHERE subject = \(subject)") {
      try contactRecord($0, from: 0)
    }
  }

  package func visit(_ id: Identifier) throws -> (BookingRecord, ContactRecord)? {
    try first(
      """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns)
      FROM booking JOIN contact ON contact.subject = booking.subject WHERE booking.id = \(id)
      """
    ) { (try bookingRecord($0), try contactRecord($0, from: bookingColumnCount)) }
  }

  /// Visits with answers whose time is over, the longest overdue first.
  package func overdueAnswers(at now: Instant, atMost: Int) throws -> [(BookingRecord, ContactRecord)] {
    try all(
      """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns)
      FROM contact JOIN booking ON booking.subject = contact.subject
      WHERE contact.answers_until <= \(now) ORDER BY contact.answers_until LIMIT \(atMost)
      """
    ) { (try bookingRecord($0), try contactRecord($0, from: bookingColumnCount)) }
  }

  /// The newest bookings of these subjects, newest first.
  package func visits(subjects: [Identifier], atMost: Int) throws -> [(BookingRecord?, ContactRecord)] {
    try all(
      """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns)
      FROM contact LEFT JOIN booking ON booking.subject = contact.subject
      WHERE contact.subject IN (\(list: subjects.map { .blob($0.bytes) }))
      ORDER BY booking.start DESC NULLS LAST, booking.id LIMIT \(atMost)
      """
    ) { row in
      let booking = row.optionalBytes(0) == nil ? nil : try bookingRecord(row)
      return (booking, try contactRecord(row, from: bookingColumnCount))
    }
  }

  /// The bookings of confirmed customers by blind index and of the unconfirmed by subject, newest first, and whether
  /// there are `newer` unconfirmed contacts. One statement.
  package func search(
    _ column: ContactIndexColumn,
    equals index: [UInt8],
    orSubjects subjects: [Identifier],
    unless newer: NewContacts,
    madeSince: Instant,
    atMost: Int = 1_000
  ) throws -> CustomerRows {
    var sql: SQL = """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns), 0
      FROM contact LEFT JOIN booking ON booking.subject = contact.subject
      """
    switch column {
    case .email: sql += " WHERE (contact.email_index = \(index)"
    case .phone: sql += " WHERE (contact.phone_index = \(index)"
    }
    if !subjects.isEmpty { sql += " OR contact.subject IN (\(list: subjects.map { .blob($0.bytes) }))" }
    sql += """
      )
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1
      FROM (
        SELECT 1 FROM contact WHERE confirmed_at IS NULL AND \(newer) AND made_at >= \(madeSince) LIMIT 1
      ) AS newer
      """
    var found = CustomerRows()
    try rows(sql) { row in
      if row.int(bookingColumnCount + contactColumnCount) == 1 {
        found.hasNewer = true
      } else {
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

  /// The newest contacts, for a search by part of a name.
  package func newestContacts(atMost: Int) throws -> [ContactRecord] {
    try all("SELECT \(ContactRecord.columns) FROM contact ORDER BY number DESC LIMIT \(atMost)") {
      try contactRecord($0, from: 0)
    }
  }
}

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

extension ContactRecord {
  static let columns = SQLText(
    """
    contact.subject, contact.row_version, contact.name, contact.email, contact.phone, contact.address, contact.answers,
    contact.answers_until, contact.made_at, contact.confirmed_at
    """
  )
}

let contactColumnCount = 10

func contactRecord(_ row: any Row, from first: Int) throws -> ContactRecord {
  func sealed(_ column: Int) -> Sealed? { row.optionalBytes(first + column).map(Sealed.init(bytes:)) }
  guard let name = sealed(2) else { throw StorageFault.damaged("contact.name") }
  return ContactRecord(
    subject: try row.identifier(first),
    rowVersion: row.int(first + 1),
    name: name,
    email: sealed(3),
    phone: sealed(4),
    address: sealed(5),
    answers: sealed(6),
    answersUntil: row.optionalInstant(first + 7),
    madeAt: row.instant(first + 8),
    confirmedAt: row.optionalInstant(first + 9)
  )
}

extension Records {
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
