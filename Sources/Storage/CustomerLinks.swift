package import Primitives

/// A customer's way to their own bookings, sent to the address of the contact. Its code is nowhere: it is made from the row's
/// id when the mail is written.
package struct CustomerLinkRow: Sendable, Hashable {
  package let id: Identifier
  /// The contact whose address it goes to.
  package let subject: Identifier
  package let madeAt: Instant
  package let expiresAt: Instant

  package init(id: Identifier, subject: Identifier, madeAt: Instant, expiresAt: Instant) {
    self.id = id
    self.subject = subject
    self.madeAt = madeAt
    self.expiresAt = expiresAt
  }
}

extension Records {
  /// One that can still be used.
  package func openCustomerLink(_ id: Identifier, now: Instant) throws -> CustomerLinkRow? {
    try first(
      """
      SELECT id, subject, made_at, expires_at FROM customer_link
      WHERE id = \(id) AND spent_at IS NULL AND expires_at > \(now)
      """
    ) { row in
      CustomerLinkRow(
        id: try row.identifier(0),
        subject: try row.identifier(1),
        madeAt: row.instant(2),
        expiresAt: row.instant(3)
      )
    }
  }

  /// How many links were made for any of these contacts after `since`, used or not.
  package func customerLinksMade(for subjects: [Identifier], since: Instant) throws -> Int {
    try first(
      """
      SELECT count(*) FROM customer_link
      WHERE subject IN (\(list: subjects.map { .blob($0.bytes) })) AND made_at > \(since)
      """
    ) { $0.int(0) } ?? 0
  }
}

extension Changes {
  package func add(_ link: CustomerLinkRow) throws {
    try write(
      """
      INSERT INTO customer_link (id, subject, made_at, expires_at)
      VALUES (\(link.id), \(link.subject), \(link.madeAt), \(link.expiresAt))
      """
    )
  }

  /// False when it was used before or its time is over.
  package func spendCustomerLink(_ id: Identifier, at now: Instant) throws -> Bool {
    try run(
      "UPDATE customer_link SET spent_at = \(now) WHERE id = \(id) AND spent_at IS NULL AND expires_at > \(now)"
    ) == 1
  }

  /// - Returns: how many were forgotten.
  package func dropCustomerLinks(madeBefore: Instant) throws -> Int {
    try run("DELETE FROM customer_link WHERE made_at < \(madeBefore)")
  }
}
