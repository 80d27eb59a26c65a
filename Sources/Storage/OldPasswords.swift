package import Primitives
package import Vault

/// A password somebody no longer signs in with, kept so that it is not taken up again.
package struct OldPassword: Sendable {
  package let id: Identifier
  /// When it was set; one second later where two were set in the same one.
  package let setAt: Instant
  /// An Argon2id PHC string, sealed under the credentials key.
  package let password: Sealed

  package init(id: Identifier, setAt: Instant, password: Sealed) {
    self.id = id
    self.setAt = setAt
    self.password = password
  }
}

extension Records {
  /// Newest first.
  package func oldPasswords(of staff: Slug) throws -> [OldPassword] {
    try all("SELECT id, set_at, password FROM old_password WHERE staff = \(staff) ORDER BY set_at DESC") {
      row in
      OldPassword(
        id: try row.identifier(0),
        setAt: row.instant(1),
        password: Sealed(bytes: row.bytes(2))
      )
    }
  }

  /// Whose password came out of use, by when it was set, before this.
  package func hasOldPasswords(setBefore end: Instant) throws -> Bool {
    try first("SELECT 1 FROM old_password WHERE set_at < \(end) LIMIT 1") { _ in true } ?? false
  }
}

extension Changes {
  /// Keeps an old password and the newest others, `most` in all.
  package func add(_ old: OldPassword, of staff: Slug, keeping most: Int) throws {
    let newest = try oldPasswords(of: staff)
    let setAt = newest.first.map { max(old.setAt, $0.setAt + 1) } ?? old.setAt
    try write(
      """
      INSERT INTO old_password (staff, set_at, id, password)
      VALUES (\(staff), \(setAt), \(old.id), \(old.password.bytes))
      """
    )
    for surplus in newest.dropFirst(most - 1) {
      try write("DELETE FROM old_password WHERE staff = \(staff) AND set_at = \(surplus.setAt)")
    }
  }

  package func removeOldPasswords(of staff: Slug) throws {
    try write("DELETE FROM old_password WHERE staff = \(staff)")
  }

  /// - Returns: how many went.
  package func removeOldPasswords(setBefore end: Instant) throws -> Int {
    try run("DELETE FROM old_password WHERE set_at < \(end)")
  }
}
