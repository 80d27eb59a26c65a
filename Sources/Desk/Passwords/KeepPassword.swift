import Primitives
import Storage
import Vault

extension Desk {
  /// How many passwords that came out of use are refused.
  static let oldPasswordsKept = 10
  /// How long one is remembered from the day it was set, in seconds: 24 months.
  static let oldPasswordMemory = Int.days(730)

  /// Gives somebody a password, or none, inside an act's transaction; the one before joins the old ones.
  ///
  /// - Parameter hash: an Argon2id PHC string; nil: nobody can sign in with a password any more.
  func setPassword(_ hash: String?, of staff: Slug, in changes: any Changes, at now: Instant) throws {
    guard let account = try changes.staffAccount(staff) else { throw Refusal(.unknown) }
    let cells = ring.businessCells(.credentials)
    if let sealed = account.password {
      let id = Identifier(at: now)
      let before = try cells.open(sealed, at: account.cell("password"))
      let old = OldPassword(
        id: id,
        setAt: account.passwordSetAt ?? now,
        password: try cells.seal(before, at: OldPassword.cell(id))
      )
      try changes.add(old, of: staff, keeping: Desk.oldPasswordsKept)
    }
    try changes.setPassword(
      of: staff,
      to: try hash.map { try cells.seal($0, at: account.cell("password")) },
      at: now
    )
  }

  /// Whether somebody has this password or had it lately.
  ///
  /// One comparison after the other, so that it never takes more than one of the two lanes for hashing: 1.3 s for ten,
  /// measured.
  ///
  /// - Throws: `VaultFault.busy` when others who sign in leave no room for it.
  func isUsedPassword(_ password: String, of account: StaffAccount) async throws -> Bool {
    let cells = ring.businessCells(.credentials)
    let old = try await store.read { try $0.oldPasswords(of: account.id) }
    var hashes = try old.map { try cells.open($0.password, at: OldPassword.cell($0.id)) }
    if let current = account.password {
      hashes.insert(try cells.open(current, at: account.cell("password")), at: 0)
    }
    for hash in hashes where try await hasher.verify(password, against: hash) { return true }
    return false
  }

  /// Forgets old passwords whose time is over.
  ///
  /// - Returns: how many went.
  @discardableResult
  package func forgetOldPasswords() async throws -> Int {
    let end = clock.now() - Desk.oldPasswordMemory
    guard try await store.read({ try $0.hasOldPasswords(setBefore: end) }) else { return 0 }
    return try await store.change { try $0.removeOldPasswords(setBefore: end) }
  }
}

extension OldPassword {
  static func cell(_ id: Identifier) -> Cell {
    Cell(table: "old_password", column: "password", row: id, rowVersion: 1, class: .credentials)
  }
}
