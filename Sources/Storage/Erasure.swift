package import Primitives

extension Records {
  /// Contacts whose data is there and was handed in by `until`.
  package func contactCount(until: Instant) throws -> Int {
    try first(
      "SELECT count(*) FROM contact WHERE made_at <= \(until) AND erased_at IS NULL AND \(ContactRecord.isSomebody)"
    ) { $0.int(0) } ?? 0
  }

  /// Contacts whose data is there and all of whose visits were over by then, in order.
  package func contacts(servedBefore end: Instant) throws -> [Identifier] {
    try all("SELECT subject FROM contact WHERE \(servedBefore: end) ORDER BY subject") {
      try $0.identifier(0)
    }
  }

  /// Whose keys are still to be destroyed.
  package func erasedSubjects(atMost: Int) throws -> [Identifier] {
    try all("SELECT subject FROM erased_subject ORDER BY subject LIMIT \(atMost)") { try $0.identifier(0) }
  }
}

extension Changes {
  /// Erases these contacts' sealed fields, and their own ways in; their keys are to be destroyed next.
  ///
  /// - Returns: how many there were.
  package func eraseContacts(servedBefore end: Instant, at now: Instant) throws -> Int {
    try write("INSERT INTO erased_subject (subject) SELECT subject FROM contact WHERE \(servedBefore: end)")
    try write("DELETE FROM customer_link WHERE subject IN (SELECT subject FROM erased_subject)")
    try write("DELETE FROM customer_session WHERE subject IN (SELECT subject FROM erased_subject)")
    try write("DELETE FROM customer_passkey WHERE subject IN (SELECT subject FROM erased_subject)")
    try write(
      """
      DELETE FROM booking_before WHERE booking IN
        (SELECT id FROM booking WHERE subject IN (SELECT subject FROM erased_subject))
      """
    )
    // The very same: what is listed is what is blanked, whatever else happens meanwhile.
    return try run(
      """
      UPDATE contact SET row_version = row_version + 1, name = \([UInt8]()), email = NULL, phone = NULL, address = NULL,
        answers = NULL, answers_until = NULL, email_index = NULL, phone_index = NULL, erased_at = \(now)
      WHERE subject IN (SELECT subject FROM erased_subject) AND erased_at IS NULL
      """
    )
  }

  /// Writes something about these, so that their erasure is on the disk once this change is: another server's may be
  /// committed and not there yet, and keys that are destroyed stay so.
  package func confirmErased(_ subjects: [Identifier]) throws {
    try write(
      "UPDATE erased_subject SET subject = subject WHERE subject IN (\(list: subjects.map { .blob($0.bytes) }))"
    )
  }

  /// Their keys are destroyed.
  package func forgetErased(_ subjects: [Identifier]) throws {
    try write("DELETE FROM erased_subject WHERE subject IN (\(list: subjects.map { .blob($0.bytes) }))")
  }

  /// In the `keys` database: what was sealed under them opens nowhere any more, but from a copy of these rows.
  package func destroySubjectKeys(_ subjects: [Identifier]) throws {
    try write("DELETE FROM subject_key WHERE subject IN (\(list: subjects.map { .blob($0.bytes) }))")
  }
}

extension SQL.Interpolation {
  fileprivate mutating func appendInterpolation(servedBefore end: Instant) {
    appendLiteral("contact.erased_at IS NULL AND contact.made_at < ")
    appendInterpolation(end)
    appendLiteral(
      " AND NOT EXISTS (SELECT 1 FROM booking WHERE booking.subject = contact.subject AND booking.\"end\" > "
    )
    appendInterpolation(end)
    appendLiteral(") AND ")
    appendInterpolation(ContactRecord.isSomebody)
  }
}
