package import Booking
package import People
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

  /// One booking with as much of its contact as may be seen; nil for one whose time may not.
  package func visit(_ id: Identifier, through sight: Sight) throws -> (BookingRecord, ContactRecord?)? {
    try first(
      """
      SELECT \(BookingRecord.selected), \(contactThrough: sight)
      FROM booking LEFT JOIN contact ON contact.subject = booking.subject AND \(sight.contacts)
      WHERE \(sight.times) AND booking.id = \(id)
      """
    ) { (try bookingRecord($0), try seenContact($0, from: bookingColumnCount)) }
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

  /// The newest bookings of these subjects that may be seen, newest first.
  package func visits(subjects: [Identifier], within extent: Extent, atMost: Int) throws -> [(
    BookingRecord?, ContactRecord
  )] {
    try all(
      """
      SELECT \(BookingRecord.selected), \(ContactRecord.columns)
      FROM contact LEFT JOIN booking ON booking.subject = contact.subject AND \(extent)
      WHERE contact.subject IN (\(list: subjects.map { .blob($0.bytes) }))
      ORDER BY booking.start DESC NULLS LAST, booking.id LIMIT \(atMost)
      """
    ) { row in
      let booking = row.optionalBytes(0) == nil ? nil : try bookingRecord(row)
      return (booking, try contactRecord(row, from: bookingColumnCount))
    }
  }

  /// The newest contacts whose data is there, for a search by part of a name: of those who have a booking that may be seen,
  /// and those who are nobody.
  package func newestContacts(within extent: Extent, atMost: Int) throws -> [ContactRecord] {
    var sql: SQL = "SELECT \(ContactRecord.columns) FROM contact WHERE erased_at IS NULL"
    if !extent.isEverything {
      sql += """
         AND (EXISTS (SELECT 1 FROM booking WHERE booking.subject = contact.subject AND \(extent))
          OR NOT \(ContactRecord.isSomebody))
        """
    }
    sql += " ORDER BY number DESC LIMIT \(atMost)"
    return try all(sql) { try contactRecord($0, from: 0) }
  }
}

extension ContactRecord {
  static let columns = SQLText(
    """
    contact.subject, contact.row_version, contact.name, contact.email, contact.phone, contact.address, contact.answers,
    contact.answers_until, contact.made_at, contact.confirmed_at
    """
  )
}

extension SQL.Interpolation {
  /// The columns of ``ContactRecord``, address and answers only where they may be seen.
  mutating func appendInterpolation(contactThrough sight: Sight) {
    appendLiteral(
      "contact.subject, contact.row_version, contact.name, contact.email, contact.phone, CASE WHEN "
    )
    appendInterpolation(sight.details)
    appendLiteral(" THEN contact.address END, CASE WHEN ")
    appendInterpolation(sight.details)
    appendLiteral(" THEN contact.answers END, contact.answers_until, contact.made_at, contact.confirmed_at")
  }
}

/// Nil where the contact was not fetched.
func seenContact(_ row: any Row, from first: Int) throws -> ContactRecord? {
  row.optionalBytes(first) == nil ? nil : try contactRecord(row, from: first)
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
