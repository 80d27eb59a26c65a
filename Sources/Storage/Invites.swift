package import Primitives
package import Vault

/// A one-time link with which a member of staff sets up their sign-in.
package struct Invite: Sendable {
  package let id: Identifier
  package let staff: Slug
  /// The address it was made for; another address of the account ends it.
  package let emailIndex: [UInt8]
  package let totpSecret: Sealed
  package let madeAt: Instant
  package let expiresAt: Instant
  /// Nil for an invite that opens at once.
  package let recovery: Recovery?

  package init(
    id: Identifier,
    staff: Slug,
    emailIndex: [UInt8],
    totpSecret: Sealed,
    madeAt: Instant,
    expiresAt: Instant,
    recovery: Recovery? = nil
  ) {
    self.id = id
    self.staff = staff
    self.emailIndex = emailIndex
    self.totpSecret = totpSecret
    self.madeAt = madeAt
    self.expiresAt = expiresAt
    self.recovery = recovery
  }

  /// Whether it can be taken up already.
  package func isOpen(at now: Instant) -> Bool { recovery.map { now >= $0.opensAt } ?? true }
}

extension Records {
  /// An invite that can be taken up or will open, of somebody whose account is active and whose address is still the same.
  package func openInvite(_ id: Identifier, now: Instant) throws -> Invite? {
    try first(
      "SELECT \(columns) FROM \(openInvites) AND invite.id = \(id) AND invite.expires_at > \(now)",
      inviteRow
    )
  }

  /// Recoveries that nobody has taken up or ended, by whose they are.
  package func recoveries(now: Instant) throws -> [Slug: Invite] {
    let found = try all(
      "SELECT \(columns) FROM \(openInvites) AND invite.opens_at IS NOT NULL AND invite.expires_at > \(now)",
      inviteRow
    )
    return Dictionary(found.map { ($0.staff, $0) }) { first, _ in first }
  }

  /// Whose invites can still be taken up.
  package func invited(now: Instant) throws -> Set<Slug> {
    Set(try all("SELECT staff FROM invite WHERE spent_at IS NULL AND expires_at > \(now)") { try $0.slug(0) })
  }

  /// Who has ever been invited, whatever became of it.
  package func everInvited() throws -> Set<Slug> {
    Set(try all("SELECT DISTINCT staff FROM invite") { try $0.slug(0) })
  }
}

extension Changes {
  /// Adds an invite; earlier open ones of the same person are spent by it.
  package func add(_ invite: Invite) throws {
    let askedBy: Value = invite.recovery.map { .text($0.askedBy.text) } ?? .null
    try endInvites(of: invite.staff, at: invite.madeAt)
    try write(
      """
      INSERT INTO invite (id, staff, email_index, totp_secret, made_at, expires_at, asked_by, opens_at)
      VALUES (\(invite.id), \(invite.staff), \(invite.emailIndex), \(invite.totpSecret.bytes), \(invite.madeAt),
        \(invite.expiresAt), \(askedBy), \(invite.recovery?.opensAt))
      """
    )
  }

  /// False when it was spent before, and before it opens: of twenty at once, one succeeds.
  package func spendInvite(_ id: Identifier, at now: Instant) throws -> Bool {
    try run(
      """
      UPDATE invite SET spent_at = \(now) WHERE id = \(id) AND spent_at IS NULL AND expires_at > \(now)
        AND (opens_at IS NULL OR opens_at <= \(now))
      """
    ) == 1
  }

  package func endInvites(of staff: Slug, at now: Instant) throws {
    try write("UPDATE invite SET spent_at = \(now) WHERE staff = \(staff) AND spent_at IS NULL")
  }
}

private let columns = SQLText(
  """
  invite.id, invite.staff, invite.email_index, invite.totp_secret, invite.made_at, invite.expires_at,
  coalesce(invite.asked_by, ''), invite.opens_at, coalesce(invite.opened_by, '')
  """
)

private let openInvites = SQLText(
  """
  invite JOIN staff ON staff.id = invite.staff AND staff.active = 1 AND staff.email_index = invite.email_index
  WHERE invite.spent_at IS NULL
  """
)

private func inviteRow(_ row: any Row) throws -> Invite {
  Invite(
    id: try row.identifier(0),
    staff: try row.slug(1),
    emailIndex: row.bytes(2),
    totpSecret: Sealed(bytes: row.bytes(3)),
    madeAt: row.instant(4),
    expiresAt: row.instant(5),
    recovery: try row.optionalInstant(7).map { opensAt in
      Recovery(askedBy: try row.slug(6), opensAt: opensAt, openedBy: Slug(row.text(8)))
    }
  )
}
