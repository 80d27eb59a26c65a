package import Primitives

/// A customer's signed-in browser. The token itself is nowhere; only its keyed hash.
package struct CustomerSessionRow: Sendable, Hashable {
  package let id: Identifier
  /// The contact whose address was proved.
  package let subject: Identifier
  package let method: CustomerSignInMethod
  package let startedAt: Instant
  package let seenAt: Instant

  package init(
    id: Identifier,
    subject: Identifier,
    method: CustomerSignInMethod,
    startedAt: Instant,
    seenAt: Instant
  ) {
    self.id = id
    self.subject = subject
    self.method = method
    self.startedAt = startedAt
    self.seenAt = seenAt
  }
}

/// The raw value is stored.
package enum CustomerSignInMethod: String, Sendable, CaseIterable {
  case link
  case passkey
}

extension Records {
  /// A session nobody has ended.
  package func openCustomerSession(tokenHash: [UInt8]) throws -> CustomerSessionRow? {
    try first(
      """
      SELECT id, subject, method, started_at, seen_at FROM customer_session
      WHERE token_hash = \(tokenHash) AND ended_at IS NULL
      """
    ) { row in
      guard let method = CustomerSignInMethod(rawValue: row.text(2)) else {
        throw StorageFault.damaged("customer_session.method")
      }
      return CustomerSessionRow(
        id: try row.identifier(0),
        subject: try row.identifier(1),
        method: method,
        startedAt: row.instant(3),
        seenAt: row.instant(4)
      )
    }
  }
}

extension Changes {
  package func add(_ session: CustomerSessionRow, tokenHash: [UInt8]) throws {
    try write(
      """
      INSERT INTO customer_session (id, token_hash, subject, method, started_at, seen_at)
      VALUES (\(session.id), \(tokenHash), \(session.subject), \(session.method.rawValue), \(session.startedAt),
        \(session.seenAt))
      """
    )
  }

  package func touchCustomerSession(_ id: Identifier, at now: Instant) throws {
    try write(
      "UPDATE customer_session SET seen_at = \(now) WHERE id = \(id) AND ended_at IS NULL AND seen_at < \(now)"
    )
  }

  /// False when it had ended before.
  package func endCustomerSession(_ id: Identifier, at now: Instant) throws -> Bool {
    try run("UPDATE customer_session SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") == 1
  }

  /// - Returns: how many were forgotten.
  package func dropCustomerSessions(startedBefore: Instant) throws -> Int {
    try run("DELETE FROM customer_session WHERE started_at < \(startedBefore)")
  }
}
