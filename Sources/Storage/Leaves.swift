import Booking
package import People
package import Primitives
package import Vault

extension Records {
  package func leave(_ id: Identifier) throws -> LeaveRow? {
    try first("SELECT \(columns) FROM leave WHERE id = \(id)", leaveRow)
  }

  /// Somebody's own since then, newest first.
  package func leaves(of staff: Slug, since: Instant, atMost: Int = 100) throws -> [LeaveRow] {
    try all(
      """
      SELECT \(columns) FROM leave WHERE staff = \(staff) AND asked_at >= \(since)
      ORDER BY asked_at DESC, id DESC LIMIT \(atMost)
      """,
      leaveRow
    )
  }

  /// Everybody's that somebody must or may still do something about: questions that wait, what is open, emergencies that
  /// nobody has looked at. Oldest first.
  package func pendingLeaves(now: Instant) throws -> [LeaveRow] {
    try all(
      """
      SELECT \(columns) FROM leave
      WHERE (state IN ('asked', 'open') OR (kind = 'emergency' AND reviewed_at IS NULL))
        AND ((kind = 'emergency' AND reviewed_at IS NULL) OR (state = 'open' AND "until" > \(now))
          OR (state = 'asked' AND asked_at > \(now - LeaveRule.patience)))
      ORDER BY asked_at, id
      """,
      leaveRow
    )
  }
}

extension Changes {
  package func add(_ leave: LeaveRow) throws {
    try write(
      """
      INSERT INTO leave (id, staff, kind, verbs, level, reason, minutes, state, asked_at, "until")
      VALUES (\(leave.id), \(leave.staff), \(leave.kind.rawValue),
        \(leave.verbs.map(\.rawValue).sorted().joined(separator: " ")), \(leave.level.rawValue),
        \(leave.reason.bytes), \(leave.minutes), \(leave.state.rawValue), \(leave.askedAt), \(leave.until))
      """
    )
  }

  /// Answers a question; `until` opens it. False when it was answered or taken back before.
  package func answerLeave(_ id: Identifier, until: Instant?, by staff: Slug, at now: Instant) throws -> Bool
  {
    let state = until == nil ? LeaveState.declined : .open
    return try run(
      """
      UPDATE leave SET state = \(state.rawValue), "until" = \(until), decided_by = \(staff), decided_at = \(now)
      WHERE id = \(id) AND state = 'asked'
      """
    ) == 1
  }

  /// Ends leave before its time, or takes a question back. False when there was nothing to end.
  package func endLeave(_ id: Identifier, by staff: Slug, at now: Instant) throws -> Bool {
    try run(
      """
      UPDATE leave SET state = 'ended', ended_by = \(staff), ended_at = \(now)
      WHERE id = \(id) AND (state = 'asked' OR (state = 'open' AND "until" > \(now)))
      """
    ) == 1
  }

  /// Ends all of somebody's, with their access.
  package func endLeaves(of staff: Slug, at now: Instant) throws {
    try write(
      """
      UPDATE leave SET state = 'ended', ended_at = \(now)
      WHERE staff = \(staff) AND (state = 'asked' OR (state = 'open' AND "until" > \(now)))
      """
    )
  }

  /// False when somebody reviewed it before.
  package func reviewLeave(
    _ id: Identifier,
    as review: LeaveReview,
    note: Sealed?,
    by staff: Slug,
    at now: Instant
  ) throws -> Bool {
    try run(
      """
      UPDATE leave SET review = \(review.rawValue), note = \(note?.bytes), reviewed_by = \(staff), reviewed_at = \(now)
      WHERE id = \(id) AND kind = 'emergency' AND reviewed_at IS NULL
      """
    ) == 1
  }

  /// Forgets what was asked for before then; an emergency stays until somebody has looked at it.
  package func dropLeaves(askedBefore then: Instant) throws {
    try write(
      "DELETE FROM leave WHERE asked_at < \(then) AND (kind = 'given' OR reviewed_at IS NOT NULL)"
    )
  }
}

/// Open leave as rules use it, from the columns `id, kind, verbs, level, until` at `first`. What may never be given is left
/// out, whatever stands in the row.
func openLeave(_ row: any Row, from first: Int) throws -> Leave? {
  guard let until = row.optionalInstant(first + 4) else { return nil }
  guard let kind = Leave.Kind(rawValue: row.text(first + 1)), let level = Level(rawValue: row.text(first + 3))
  else { throw StorageFault.damaged("leave") }
  return Leave(
    id: try row.identifier(first),
    kind: kind,
    verbs: verbs(row.text(first + 2)),
    level: min(level, .p2),
    until: until
  )
}

private func verbs(_ words: String) -> Set<Verb> {
  Set(words.split(separator: " ").compactMap { Verb(rawValue: String($0)) }.filter(LeaveRule.isGivable))
}

private let columns = SQLText(
  """
  id, staff, kind, verbs, level, reason, minutes, state, asked_at, coalesce(decided_by, ''), decided_at, "until",
  ended_at, coalesce(reviewed_by, ''), reviewed_at, coalesce(review, ''), note
  """
)

private func leaveRow(_ row: any Row) throws -> LeaveRow {
  guard let kind = Leave.Kind(rawValue: row.text(2)), let level = Level(rawValue: row.text(4)),
    let state = LeaveState(rawValue: row.text(7))
  else { throw StorageFault.damaged("leave") }
  var leave = LeaveRow(
    id: try row.identifier(0),
    staff: try row.slug(1),
    kind: kind,
    verbs: verbs(row.text(3)),
    level: level,
    reason: Sealed(bytes: row.bytes(5)),
    minutes: row.int(6),
    askedAt: row.instant(8)
  )
  leave.state = state
  leave.until = row.optionalInstant(11)
  leave.decidedBy = Slug(row.text(9))
  leave.decidedAt = row.optionalInstant(10)
  leave.endedAt = row.optionalInstant(12)
  leave.reviewedBy = Slug(row.text(13))
  leave.reviewedAt = row.optionalInstant(14)
  leave.review = LeaveReview(rawValue: row.text(15))
  leave.note = row.optionalBytes(16).map(Sealed.init(bytes:))
  return leave
}
