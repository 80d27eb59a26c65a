package import Primitives
package import Vault

/// A customer's passkey as it is stored.
package struct CustomerPasskeyRow: Sendable {
  package let id: Identifier
  package let subject: Identifier
  /// The credential's id, chosen by the authenticator; unique in the business.
  package let credential: [UInt8]
  /// Contact, credential and public key, sealed together under the contact's own keys: what is believed.
  package let publicKey: Sealed
  package let signCount: Int
  package let madeAt: Instant
  package let usedAt: Instant?

  package init(
    id: Identifier,
    subject: Identifier,
    credential: [UInt8],
    publicKey: Sealed,
    signCount: Int,
    madeAt: Instant,
    usedAt: Instant? = nil
  ) {
    self.id = id
    self.subject = subject
    self.credential = credential
    self.publicKey = publicKey
    self.signCount = signCount
    self.madeAt = madeAt
    self.usedAt = usedAt
  }
}

extension Records {
  package func customerPasskey(credential: [UInt8]) throws -> CustomerPasskeyRow? {
    try first("SELECT \(columns) FROM customer_passkey WHERE credential = \(credential)", passkeyRow)
  }

  /// Those of any of these contacts, oldest first.
  package func customerPasskeys(of subjects: [Identifier]) throws -> [CustomerPasskeyRow] {
    try all(
      """
      SELECT \(columns) FROM customer_passkey WHERE subject IN (\(list: subjects.map { .blob($0.bytes) })) ORDER BY id
      """,
      passkeyRow
    )
  }
}

extension Changes {
  /// False when the credential is known already.
  package func add(_ passkey: CustomerPasskeyRow) throws -> Bool {
    try run(
      """
      INSERT INTO customer_passkey (id, subject, credential, public_key, sign_count, made_at, used_at)
      VALUES (\(passkey.id), \(passkey.subject), \(passkey.credential), \(passkey.publicKey.bytes),
        \(passkey.signCount), \(passkey.madeAt), \(passkey.usedAt))
      ON CONFLICT (credential) DO NOTHING
      """
    ) == 1
  }

  /// Notes a use. False when the counter has been used meanwhile: a copy of the key, or the same answer twice.
  ///
  /// Keys that do not count send zero always.
  package func useCustomerPasskey(_ id: Identifier, signCount: Int, at now: Instant) throws -> Bool {
    try run(
      """
      UPDATE customer_passkey SET sign_count = \(signCount), used_at = \(now)
      WHERE id = \(id) AND (sign_count < \(signCount) OR (sign_count = 0 AND \(signCount) = 0))
      """
    ) == 1
  }

  /// False when it belongs to none of these contacts or is gone already.
  package func removeCustomerPasskey(_ id: Identifier, of subjects: [Identifier]) throws -> Bool {
    try run(
      """
      DELETE FROM customer_passkey WHERE id = \(id) AND subject IN (\(list: subjects.map { .blob($0.bytes) }))
      """
    ) == 1
  }
}

private let columns = SQLText("id, subject, credential, public_key, sign_count, made_at, used_at")

private func passkeyRow(_ row: any Row) throws -> CustomerPasskeyRow {
  CustomerPasskeyRow(
    id: try row.identifier(0),
    subject: try row.identifier(1),
    credential: row.bytes(2),
    publicKey: Sealed(bytes: row.bytes(3)),
    signCount: row.int(4),
    madeAt: row.instant(5),
    usedAt: row.optionalInstant(6)
  )
}
