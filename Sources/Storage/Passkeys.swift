package import Primitives
package import Vault

/// A passkey of a member of staff as it is stored.
package struct PasskeyRow: Sendable {
  package let id: Identifier
  package let staff: Slug
  /// The credential's id, chosen by the authenticator; unique in the business.
  package let credential: [UInt8]
  /// Person, credential and public key, sealed together: what is believed.
  package let publicKey: Sealed
  package let label: Sealed
  package let signCount: Int
  /// The key is kept in an account with a provider (a synced passkey), not on one device only.
  package let synced: Bool
  package let madeAt: Instant
  package let usedAt: Instant?

  package init(
    id: Identifier,
    staff: Slug,
    credential: [UInt8],
    publicKey: Sealed,
    label: Sealed,
    signCount: Int,
    synced: Bool,
    madeAt: Instant,
    usedAt: Instant?
  ) {
    self.id = id
    self.staff = staff
    self.credential = credential
    self.publicKey = publicKey
    self.label = label
    self.signCount = signCount
    self.synced = synced
    self.madeAt = madeAt
    self.usedAt = usedAt
  }
}

extension Records {
  /// Of an account that is active.
  package func passkey(credential: [UInt8]) throws -> PasskeyRow? {
    try first(
      """
      SELECT \(columns) FROM passkey JOIN staff ON staff.id = passkey.staff AND staff.active = 1
      WHERE passkey.credential = \(credential)
      """,
      passkeyRow
    )
  }

  /// Somebody's, oldest first.
  package func passkeys(of staff: Slug) throws -> [PasskeyRow] {
    try all("SELECT \(columns) FROM passkey WHERE passkey.staff = \(staff) ORDER BY passkey.id", passkeyRow)
  }

  /// Whether a notice about this passkey was posted since; a copy that is tried all day is told of once.
  package func isNoticed(_ passkey: Identifier, since: Instant) throws -> Bool {
    try first("SELECT 1 FROM notice WHERE about = \(passkey) AND due_at >= \(since)") { _ in true } ?? false
  }

  /// Who has at least one.
  package func passkeyHolders() throws -> Set<Slug> {
    Set(try all("SELECT DISTINCT staff FROM passkey") { try $0.slug(0) })
  }
}

extension Changes {
  /// False when the credential is known already, whosever it is.
  package func add(_ passkey: PasskeyRow) throws -> Bool {
    try run(
      """
      INSERT INTO passkey (id, staff, credential, public_key, label, sign_count, synced, made_at, used_at)
      VALUES (\(passkey.id), \(passkey.staff), \(passkey.credential), \(passkey.publicKey.bytes),
        \(passkey.label.bytes), \(passkey.signCount), \(passkey.synced), \(passkey.madeAt), \(passkey.usedAt))
      ON CONFLICT (credential) DO NOTHING
      """
    ) == 1
  }

  /// Notes a use. False when the counter has been used meanwhile: a copy of the key, or the same answer
  /// twice.
  ///
  /// Keys that do not count send zero always.
  package func usePasskey(_ id: Identifier, signCount: Int, synced: Bool, at now: Instant) throws -> Bool {
    try run(
      """
      UPDATE passkey SET sign_count = \(signCount), synced = \(synced), used_at = \(now)
      WHERE id = \(id) AND (sign_count < \(signCount) OR (sign_count = 0 AND \(signCount) = 0))
      """
    ) == 1
  }

  /// False when it is not this person's or gone already.
  package func removePasskey(_ id: Identifier, of staff: Slug) throws -> Bool {
    try run("DELETE FROM passkey WHERE id = \(id) AND staff = \(staff)") == 1
  }

  package func removePasskeys(of staff: Slug) throws {
    try write("DELETE FROM passkey WHERE staff = \(staff)")
  }
}

private let columns = SQLText(
  """
  passkey.id, passkey.staff, passkey.credential, passkey.public_key, passkey.label, passkey.sign_count, passkey.synced,
  passkey.made_at, passkey.used_at
  """
)

private func passkeyRow(_ row: any Row) throws -> PasskeyRow {
  PasskeyRow(
    id: try row.identifier(0),
    staff: try row.slug(1),
    credential: row.bytes(2),
    publicKey: Sealed(bytes: row.bytes(3)),
    label: Sealed(bytes: row.bytes(4)),
    signCount: row.int(5),
    synced: row.bool(6),
    madeAt: row.instant(7),
    usedAt: row.optionalInstant(8)
  )
}
