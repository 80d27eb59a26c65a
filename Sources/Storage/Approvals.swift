package import People
package import Primitives

extension Records {
  /// As long as nobody has decided about it, lapsed or not.
  package func openApproval(_ id: Identifier) throws -> Approval? {
    try first("SELECT \(columns) FROM approval WHERE id = \(id) AND state = 'asked'", approvalRow)
  }

  /// All that nobody has decided about, oldest first.
  package func openApprovals() throws -> [Approval] {
    try all("SELECT \(columns) FROM approval WHERE state = 'asked' ORDER BY id", approvalRow)
  }

  /// Decided or not; for messages about it.
  package func approval(_ id: Identifier) throws -> Approval? {
    try first("SELECT \(columns) FROM approval WHERE id = \(id)", approvalRow)
  }

  /// One that was agreed to, or done after its pause, and when.
  package func givenApproval(_ id: Identifier) throws -> GivenApproval? {
    try first("SELECT \(given) FROM approval WHERE id = \(id) AND state = 'done'", givenRow)
  }

  /// Those of a kind that were given and can be taken, oldest first.
  package func takenApprovals(_ kind: ApprovalKind, now: Instant) throws -> [GivenApproval] {
    try all(
      "SELECT \(given) FROM approval WHERE kind = \(kind.rawValue) AND state = 'done' AND expires_at > \(now) ORDER BY id",
      givenRow
    )
  }

  /// The newest of a kind that were given, newest first.
  package func givenApprovals(_ kind: ApprovalKind, atMost: Int) throws -> [GivenApproval] {
    try all(
      """
      SELECT \(given) FROM approval WHERE kind = \(kind.rawValue) AND state = 'done'
      ORDER BY decided_at DESC, id DESC LIMIT \(atMost)
      """,
      givenRow
    )
  }

  /// Whose sign-in was set up by an invite since then.
  package func invitesTaken(since: Instant) throws -> Set<Slug> {
    Set(
      try all("SELECT staff FROM session WHERE method = 'invite' AND started_at > \(since)") {
        try $0.slug(0)
      }
    )
  }
}

extension Changes {
  package func add(_ approval: Approval) throws {
    try write(
      """
      INSERT INTO approval (id, kind, asked_by, asked_at, effect, opens_at, expires_at)
      VALUES (\(approval.id), \(approval.kind.rawValue), \(approval.askedBy), \(approval.askedAt), \(approval.effect),
        \(approval.opensAt), \(approval.expiresAt))
      """
    )
  }

  /// False when it was settled before.
  ///
  /// - Parameters:
  ///   - staff: who decided; nil for the server itself.
  ///   - until: when what was agreed to can be taken no more; nil where there is nothing to take.
  package func settleApproval(
    _ id: Identifier,
    as state: ApprovalState,
    by staff: Slug?,
    at now: Instant,
    until: Instant? = nil
  ) throws -> Bool {
    let decider = staff.map { Value.text($0.text) } ?? .null
    return try run(
      """
      UPDATE approval SET state = \(state.rawValue), decided_by = \(decider), decided_at = \(now),
        expires_at = coalesce(\(until), expires_at)
      WHERE id = \(id) AND state = 'asked'
      """
    ) == 1
  }

  /// From then on nothing is taken by it.
  package func stopTaking(_ approval: Approval, at now: Instant) throws {
    // The schema wants it after the opening.
    let end = max(now, approval.opensAt + 1)
    try write("UPDATE approval SET expires_at = \(end) WHERE id = \(approval.id) AND state = 'done'")
  }
}

/// What a second person has agreed to.
package struct GivenApproval: Sendable {
  package let approval: Approval
  /// Nil for what was done by itself after its pause.
  package let givenBy: Slug?
  package let givenAt: Instant
}

private let given = SQLText(
  "id, kind, asked_by, asked_at, effect, opens_at, expires_at, coalesce(decided_by, ''), decided_at"
)

private func givenRow(_ row: any Row) throws -> GivenApproval {
  let approval = try approvalRow(row)
  return GivenApproval(approval: approval, givenBy: Slug(row.text(7)), givenAt: row.instant(8))
}

private let columns = SQLText("id, kind, asked_by, asked_at, effect, opens_at, expires_at")

private func approvalRow(_ row: any Row) throws -> Approval {
  guard let kind = ApprovalKind(rawValue: row.text(1)) else { throw StorageFault.damaged("approval.kind") }
  return Approval(
    id: try row.identifier(0),
    kind: kind,
    askedBy: try row.slug(2),
    askedAt: row.instant(3),
    effect: row.text(4),
    opensAt: row.instant(5),
    expiresAt: row.instant(6)
  )
}
