package import People
package import Primitives
package import Vault

/// A member of staff as an account: what signing in needs. Name, role and hours are in the business.
package struct StaffAccount: Sendable {
  package let id: Slug
  package let subject: Identifier
  package let rowVersion: Int
  package let email: Sealed
  package let active: Bool
  /// An Argon2id PHC string, sealed under the credentials key; nil until the invite is taken up.
  package let password: Sealed?
  package let totpSecret: Sealed?
  /// The newest TOTP step that was used; each is accepted once.
  package let totpStep: Int
  /// Nil without a password, and for one from before this was written down.
  package let passwordSetAt: Instant?
  /// Why the password must be changed before anything else is done.
  package let passwordDue: PasswordDue?

  package init(
    id: Slug,
    subject: Identifier,
    rowVersion: Int,
    email: Sealed,
    active: Bool,
    password: Sealed?,
    totpSecret: Sealed?,
    totpStep: Int,
    passwordSetAt: Instant? = nil,
    passwordDue: PasswordDue? = nil
  ) {
    self.id = id
    self.subject = subject
    self.rowVersion = rowVersion
    self.email = email
    self.active = active
    self.password = password
    self.totpSecret = totpSecret
    self.totpStep = totpStep
    self.passwordSetAt = passwordSetAt
    self.passwordDue = passwordDue
  }
}

extension Records {
  package func staffAccounts() throws -> [StaffAccount] {
    try all("SELECT \(columns) FROM staff ORDER BY id", accountRow)
  }

  package func staffAccount(_ id: Slug) throws -> StaffAccount? {
    try first("SELECT \(columns) FROM staff WHERE id = \(id)", accountRow)
  }

  package func staffAccount(emailIndex: [UInt8]) throws -> StaffAccount? {
    try first("SELECT \(columns) FROM staff WHERE email_index = \(emailIndex) AND active = 1", accountRow)
  }
}

extension Records {
  /// The blind index of somebody's address; nil when they have none to sign in with.
  package func addressIndex(of staff: Slug) throws -> [UInt8]? {
    try first("SELECT email_index FROM staff WHERE id = \(staff)") { $0.optionalBytes(0) } ?? nil
  }
}

extension Changes {
  /// Adds the account or gives it a new address; credentials stay.
  package func put(_ account: StaffAccount, emailIndex: [UInt8]?) throws {
    try write(
      """
      INSERT INTO staff (id, subject, row_version, email, email_index, active)
      VALUES (\(account.id), \(account.subject), \(account.rowVersion), \(account.email.bytes), \(emailIndex),
        \(account.active))
      ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, row_version = excluded.row_version,
        email = excluded.email, email_index = excluded.email_index, active = excluded.active
      """
    )
  }

  /// Frees somebody's sign-in address for another account of the same transaction.
  package func releaseAddress(of staff: Slug) throws {
    try write("UPDATE staff SET email_index = NULL WHERE id = \(staff)")
  }

  /// Somebody has left: no address to sign in with, no credentials, no session and no invite remain, so that nobody of
  /// the same slug inherits them.
  package func removeAccess(of staff: Slug, at now: Instant) throws {
    try write(
      """
      UPDATE staff SET active = 0, email_index = NULL, password = NULL, password_set_at = NULL, password_due = NULL,
        totp_secret = NULL, taken_up = 0
      WHERE id = \(staff)
      """
    )
    try removeOldPasswords(of: staff)
    try endInvites(of: staff, at: now)
    try removePasskeys(of: staff)
    try removeRecoveryCodes(of: staff)
    try endSessions(of: staff, at: now)
    try forgetDevices(of: staff, at: now)
    try endLeaves(of: staff, at: now)
  }

  package func setCredentials(of staff: Slug, password: Sealed, totpSecret: Sealed, totpStep: Int) throws {
    try write(
      """
      UPDATE staff SET password = \(password.bytes), totp_secret = \(totpSecret.bytes), totp_step = \(totpStep)
      WHERE id = \(staff)
      """
    )
  }

  /// Gives somebody a password, or none; whatever was due with the one before is settled.
  package func setPassword(of staff: Slug, to password: Sealed?, at now: Instant) throws {
    try write(
      """
      UPDATE staff SET password = \(password?.bytes), password_set_at = \(password.map { _ in now }), password_due = NULL
      WHERE id = \(staff)
      """
    )
  }

  /// The first reason stays; nothing is due from somebody without a password.
  package func askForPassword(of staff: Slug, because due: PasswordDue) throws {
    try write(
      """
      UPDATE staff SET password_due = \(due.rawValue)
      WHERE id = \(staff) AND password IS NOT NULL AND password_due IS NULL
      """
    )
  }

  /// Spends a TOTP step; false when this step or a later one was used before.
  package func spendTOTPStep(_ step: Int, of staff: Slug) throws -> Bool {
    try run("UPDATE staff SET totp_step = \(step) WHERE id = \(staff) AND totp_step < \(step)") == 1
  }
}

private let columns = SQLText(
  """
  id, subject, row_version, email, active, password, totp_secret, totp_step, password_set_at,
  coalesce(password_due, '')
  """
)

private func accountRow(_ row: any Row) throws -> StaffAccount {
  StaffAccount(
    id: try row.slug(0),
    subject: try row.identifier(1),
    rowVersion: row.int(2),
    email: Sealed(bytes: row.bytes(3)),
    active: row.bool(4),
    password: row.optionalBytes(5).map(Sealed.init(bytes:)),
    totpSecret: row.optionalBytes(6).map(Sealed.init(bytes:)),
    totpStep: row.int(7),
    passwordSetAt: row.optionalInstant(8),
    passwordDue: PasswordDue(rawValue: row.text(9))
  )
}
