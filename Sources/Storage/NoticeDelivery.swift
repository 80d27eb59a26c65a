package import Primitives

/// What the delivery loop does with notices; the same as with the outbox, and each ends at its own time besides.
extension Changes {
  /// Takes a notice to be delivered by this process; others leave it alone until `until`.
  ///
  /// - Returns: false when another process has taken or settled it.
  package func claim(_ notice: NoticeRow, until: Instant) throws -> Bool {
    try run(
      """
      UPDATE notice SET due_at = \(until) WHERE id = \(notice.id) AND due_at = \(notice.dueAt) AND state = 'waiting'
      """
    ) == 1
  }

  /// Takes back a notice that nobody needs any more.
  package func withdrawNotice(_ id: Identifier) throws {
    try write("DELETE FROM notice WHERE id = \(id) AND state = 'waiting'")
  }

  /// Marks an attempt: the next is due at `nextAt`, or the row is settled as `sent` or `failed`.
  package func settleNotice(_ id: Identifier, as state: OutboxState, nextAt: Instant? = nil) throws {
    if let nextAt {
      try write(
        "UPDATE notice SET attempts = attempts + 1, due_at = \(nextAt) WHERE id = \(id) AND state = 'waiting'"
      )
    } else {
      try write(
        """
        UPDATE notice SET attempts = attempts + 1, state = \(state.rawValue) WHERE id = \(id) AND state = 'waiting'
        """
      )
    }
  }

  /// Makes everything due at once that was tried in vain.
  package func hurryNotices(now: Instant) throws {
    try write(
      "UPDATE notice SET due_at = \(now) WHERE state = 'waiting' AND attempts > 0 AND due_at > \(now)"
    )
  }

  /// Lets failed notices wait again, due at once and as if never tried: those whose time is not over.
  ///
  /// - Returns: how many.
  package func requeueFailedNotices(since: Instant, now: Instant) throws -> Int {
    try run(
      """
      UPDATE notice SET state = 'waiting', attempts = 0, due_at = \(now)
      WHERE state = 'failed' AND due_at >= \(since) AND expires_at > \(now)
      """
    )
  }

  /// Forgets notices that still wait although their time is over, and settled ones that were due before `settledBefore`.
  ///
  /// - Returns: how many.
  package func dropNotices(expiredAt now: Instant, settledBefore: Instant) throws -> Int {
    try run(
      """
      DELETE FROM notice
      WHERE (state = 'waiting' AND expires_at <= \(now)) OR (state <> 'waiting' AND due_at < \(settledBefore))
      """
    )
  }
}

extension Records {
  /// Rows that are due, oldest first.
  package func dueNotices(at now: Instant, atMost: Int) throws -> [NoticeRow] {
    try all(
      """
      SELECT id, kind, staff, subject, about, detail, due_at, expires_at, attempts FROM notice
      WHERE state = 'waiting' AND due_at <= \(now) ORDER BY due_at, id LIMIT \(atMost)
      """,
      noticeRow
    )
  }

  /// How many notices are overdue and wait.
  package func waitingNotices(at now: Instant) throws -> Int {
    try first(
      "SELECT count(*) FROM notice WHERE state = 'waiting' AND due_at <= \(now) AND expires_at > \(now)"
    ) { $0.int(0) } ?? 0
  }

  /// How many notices have been tried in vain and wait, or are overdue since `since`; those whose time is over are none.
  package func heldUpNotices(overdueSince since: Instant, now: Instant) throws -> (all: Int, overdue: Int) {
    try first(
      """
      SELECT count(*), count(CASE WHEN due_at <= \(since) THEN 1 END) FROM notice
      WHERE state = 'waiting' AND expires_at > \(now) AND (attempts > 0 OR due_at <= \(since))
      """
    ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
  }

  /// How many notices were given up since then, and how many of them still say something: their time is not over.
  package func failedNotices(since: Instant, now: Instant) throws -> (all: Int, open: Int) {
    try first(
      """
      SELECT count(*), count(CASE WHEN expires_at > \(now) THEN 1 END) FROM notice
      WHERE state = 'failed' AND due_at >= \(since)
      """
    ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
  }
}

private func noticeRow(_ row: any Row) throws -> NoticeRow {
  guard let kind = NoticeKind(rawValue: row.text(1)) else { throw StorageFault.damaged("notice.kind") }
  let recipient: NoticeRecipient
  if let subject = try row.optionalIdentifier(3) {
    recipient = .contact(subject)
  } else {
    recipient = .staff(try row.slug(2))
  }
  return NoticeRow(
    id: try row.identifier(0),
    kind: kind,
    recipient: recipient,
    about: try row.identifier(4),
    detail: row.text(5),
    dueAt: row.instant(6),
    expiresAt: row.instant(7),
    attempts: row.int(8)
  )
}
