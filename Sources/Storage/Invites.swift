package import Primitives
package import Vault

/// A one-time link with which a member of staff sets password and second factor.
package struct Invite: Sendable {
  package let tokenHash: [UInt8]
  package let staff: Slug
  package let totpSecret: Sealed
  package let madeAt: Instant
  package let expiresAt: Instant

  package init(tokenHash: [UInt8], staff: Slug, totpSecret: Sealed, madeAt: Instant, expiresAt: Instant) {
    self.tokenHash = tokenHash
    self.staff = staff
    self.totpSecret = totpSecret
    self.madeAt = madeAt
    self.expiresAt = expiresAt
  }
}

extension Records {
  /// An invite that can still be taken up.
  package func openInvite(tokenHash: [UInt8], now: Instant) throws -> Invite? {
    try first(
      """
      SELECT token_hash, staff, totp_secret, made_at, expires_at FROM invite
      WHERE token_hash = \(tokenHash) AND spent_at IS NULL AND expires_at > \(now)
      """
    ) { row in
      Invite(
        tokenHash: row.bytes(0),
        staff: try row.slug(1),
        totpSecret: Sealed(bytes: row.bytes(2)),
        madeAt: row.instant(3),
        expiresAt: row.instant(4)
      )
    }
  }

  /// Whose invites can still be taken up.
  package func invited(now: Instant) throws -> Set<Slug> {
    Set(try all("SELECT staff FROM invite WHERE spent_at IS NULL AND expires_at > \(now)") { try $0.slug(0) })
  }
}

extension Changes {
  /// Adds an invite; earlier open ones of the same person are spent by it.
  package func add(_ invite: Invite) throws {
    try write(
      "UPDATE invite SET spent_at = \(invite.madeAt) WHERE staff = \(invite.staff) AND spent_at IS NULL"
    )
    try write(
      """
      INSERT INTO invite (token_hash, staff, totp_secret, made_at, expires_at)
      VALUES (\(invite.tokenHash), \(invite.staff), \(invite.totpSecret.bytes), \(invite.madeAt), \(invite.expiresAt))
      """
    )
  }

  /// False when it was spent before: of twenty at once, one succeeds.
  package func spendInvite(tokenHash: [UInt8], at now: Instant) throws -> Bool {
    try run(
      """
      UPDATE invite SET spent_at = \(now)
      WHERE token_hash = \(tokenHash) AND spent_at IS NULL AND expires_at > \(now)
      """
    ) == 1
  }
}
