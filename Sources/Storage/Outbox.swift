package import Primitives
package import Vault

/// A message that is due: which, not what. Its text is made when it is sent and kept nowhere.
package struct OutboxRow: Sendable, Hashable {
  /// Stable over repeated attempts, so that a mail sent twice has one Message-ID.
  package let id: Identifier
  /// `confirmation`, `change`, `cancellation` or `reminder`.
  package let kind: String
  package let booking: Identifier
  /// The calendar entry's SEQUENCE.
  package let sequence: Int
  package let dueAt: Instant
  package let attempts: Int

  package init(
    id: Identifier,
    kind: String,
    booking: Identifier,
    sequence: Int,
    dueAt: Instant,
    attempts: Int = 0
  ) {
    self.id = id
    self.kind = kind
    self.booking = booking
    self.sequence = sequence
    self.dueAt = dueAt
    self.attempts = attempts
  }
}

extension Changes {
  /// All of them in one statement.
  package func post(_ rows: [OutboxRow]) throws {
    guard let first = rows.first else { return }
    var sql: SQL = "INSERT INTO outbox (id, kind, booking, sequence, due_at) VALUES \(values: first)"
    for row in rows.dropFirst() { sql += ", \(values: row)" }
    try write(sql)
  }

  /// Takes back what is still waiting for a booking: its reminder, or a change that another one overtakes.
  package func withdrawMessages(of booking: Identifier) throws {
    try write("DELETE FROM outbox WHERE booking = \(booking) AND state = 'waiting'")
  }

  /// Takes a message to be delivered by this process; others leave it alone until `until`.
  ///
  /// - Returns: false when another process has taken or settled it.
  package func claim(_ row: OutboxRow, until: Instant) throws -> Bool {
    try run(
      """
      UPDATE outbox SET due_at = \(until) WHERE id = \(row.id) AND due_at = \(row.dueAt) AND state = 'waiting'
      """
    ) == 1
  }

  /// Takes one message back that nobody needs any more.
  package func withdraw(_ id: Identifier) throws {
    try write("DELETE FROM outbox WHERE id = \(id) AND state = 'waiting'")
  }

  /// Makes everything due at once that was tried in vain; what was never tried keeps its time.
  package func hurryMessages(now: Instant) throws {
    try write(
      "UPDATE outbox SET due_at = \(now) WHERE state = 'waiting' AND attempts > 0 AND due_at > \(now)"
    )
  }

  /// Lets failed messages wait again, due at once and as if never tried: those that still say something.
  ///
  /// - Returns: how many.
  package func requeueFailedMessages(since: Instant, now: Instant) throws -> Int {
    try run(
      """
      UPDATE outbox SET state = 'waiting', attempts = 0, due_at = \(now)
      WHERE state = 'failed' AND due_at >= \(since)
        AND booking IN (SELECT booking.id FROM booking WHERE booking.start > \(now))
        AND NOT EXISTS (
          SELECT 1 FROM outbox AS later WHERE later.booking = outbox.booking AND later.sequence > outbox.sequence
        )
      """
    )
  }

  /// Marks an attempt: the next is due at `nextAt`, or the row is settled as `sent` or `failed`.
  package func settle(_ id: Identifier, as state: OutboxState, nextAt: Instant? = nil) throws {
    if let nextAt {
      try write(
        """
        UPDATE outbox SET attempts = attempts + 1, due_at = \(nextAt) WHERE id = \(id) AND state = 'waiting'
        """
      )
    } else {
      try write(
        """
        UPDATE outbox SET attempts = attempts + 1, state = \(state.rawValue) WHERE id = \(id) AND state = 'waiting'
        """
      )
    }
  }
}

package enum OutboxState: String, Sendable {
  case waiting
  case sent
  case failed
}

extension Records {
  /// Rows that are due, oldest first.
  package func dueMessages(at now: Instant, atMost: Int) throws -> [OutboxRow] {
    try all(
      """
      SELECT id, kind, booking, sequence, due_at, attempts FROM outbox
      WHERE state = 'waiting' AND due_at <= \(now) ORDER BY due_at LIMIT \(atMost)
      """
    ) { row in
      OutboxRow(
        id: try row.identifier(0),
        kind: row.text(1),
        booking: try row.identifier(2),
        sequence: row.int(3),
        dueAt: row.instant(4),
        attempts: row.int(5)
      )
    }
  }

  /// How many messages are overdue and wait.
  package func waitingMessages(at now: Instant) throws -> Int {
    try first("SELECT count(*) FROM outbox WHERE state = 'waiting' AND due_at <= \(now)") { $0.int(0) } ?? 0
  }

  /// How many messages have been tried in vain and wait, or are overdue since `since`.
  package func heldUpMessages(overdueSince since: Instant) throws -> (all: Int, overdue: Int) {
    try first(
      """
      SELECT count(*), count(CASE WHEN due_at <= \(since) THEN 1 END)
      FROM outbox WHERE state = 'waiting' AND (attempts > 0 OR due_at <= \(since))
      """
    ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
  }

  /// How many messages were given up since then, and how many of them still say something: the visit is to come and no
  /// newer message of the booking overtakes them.
  package func failedMessages(since: Instant, now: Instant) throws -> (all: Int, open: Int) {
    try first(
      """
      SELECT count(*), count(
        CASE WHEN booking.start > \(now) AND NOT EXISTS (
          SELECT 1 FROM outbox AS later WHERE later.booking = outbox.booking AND later.sequence > outbox.sequence
        ) THEN 1 END
      )
      FROM outbox JOIN booking ON booking.id = outbox.booking
      WHERE outbox.state = 'failed' AND outbox.due_at >= \(since)
      """
    ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
  }

  /// The kind of the newest message of a booking that was settled, if that one could not be delivered.
  package func undeliveredMessage(of booking: Identifier) throws -> String? {
    let newest = try first(
      """
      SELECT kind, state FROM outbox WHERE booking = \(booking) AND state <> 'waiting' ORDER BY id DESC LIMIT 1
      """
    ) { (kind: $0.text(0), state: $0.text(1)) }
    return newest?.state == OutboxState.failed.rawValue ? newest?.kind : nil
  }

  /// How many messages of this kind have left, or could not, for a booking since then.
  package func settledMessages(_ kind: String, of booking: Identifier, since: Instant) throws -> Int {
    try first(
      """
      SELECT count(*) FROM outbox
      WHERE booking = \(booking) AND kind = \(kind) AND state <> 'waiting' AND due_at > \(since)
      """
    ) { $0.int(0) } ?? 0
  }

  package func mailSettings() throws -> (rowVersion: Int, settings: Sealed)? {
    try first("SELECT row_version, settings FROM mail_server WHERE id = 1") {
      ($0.int(0), Sealed(bytes: $0.bytes(1)))
    }
  }
}

extension Changes {
  package func setMailSettings(_ settings: Sealed, rowVersion: Int) throws {
    try write(
      """
      INSERT INTO mail_server (id, row_version, settings) VALUES (1, \(rowVersion), \(settings.bytes))
      ON CONFLICT (id) DO UPDATE SET row_version = excluded.row_version, settings = excluded.settings
      """
    )
  }
}

extension SQL.Interpolation {
  fileprivate mutating func appendInterpolation(values row: OutboxRow) {
    appendLiteral("(")
    appendInterpolation(row.id)
    appendLiteral(", ")
    appendInterpolation(row.kind)
    appendLiteral(", ")
    appendInterpolation(row.booking)
    appendLiteral(", ")
    appendInterpolation(row.sequence)
    appendLiteral(", ")
    appendInterpolation(row.dueAt)
    appendLiteral(")")
  }
}
