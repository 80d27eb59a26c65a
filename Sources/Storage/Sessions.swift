package import Primitives

/// A signed-in device. The token itself is nowhere; only its keyed hash.
package struct SessionRecord: Sendable, Hashable {
  package let id: Identifier
  package let staff: Slug
  package let startedAt: Instant
  package let seenAt: Instant

  package init(id: Identifier, staff: Slug, startedAt: Instant, seenAt: Instant) {
    self.id = id
    self.staff = staff
    self.startedAt = startedAt
    self.seenAt = seenAt
  }
}

extension Records {
  /// A session nobody has ended, of an account that is active.
  package func openSession(tokenHash: [UInt8]) throws -> SessionRecord? {
    try first(
      """
      SELECT session.id, session.staff, session.started_at, session.seen_at
      FROM session JOIN staff ON staff.id = session.staff AND staff.active = 1
      WHERE session.token_hash = \(tokenHash) AND session.ended_at IS NULL
      """
    ) { row in
      SessionRecord(
        id: try row.identifier(0),
        staff: try row.slug(1),
        startedAt: row.instant(2),
        seenAt: row.instant(3)
      )
    }
  }
}

extension Changes {
  package func add(_ session: SessionRecord, tokenHash: [UInt8]) throws {
    try write(
      """
      INSERT INTO session (id, token_hash, staff, started_at, seen_at)
      VALUES (\(session.id), \(tokenHash), \(session.staff), \(session.startedAt), \(session.seenAt))
      """
    )
  }

  package func touchSession(_ id: Identifier, at now: Instant) throws {
    try write(
      "UPDATE session SET seen_at = \(now) WHERE id = \(id) AND ended_at IS NULL AND seen_at < \(now)"
    )
  }

  /// False when it had ended before.
  package func endSession(_ id: Identifier, at now: Instant) throws -> Bool {
    try run("UPDATE session SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") == 1
  }

  package func endSessions(of staff: Slug, at now: Instant) throws {
    try write("UPDATE session SET ended_at = \(now) WHERE staff = \(staff) AND ended_at IS NULL")
  }
}
