import Booking
import People
import Primitives
import Storage
import Vault

/// The accounts as an apply wants them; a known address keeps its seal, so that applying twice changes nothing.
struct NewAccounts: Sendable {
  private struct One: Sendable {
    let account: StaffAccount
    let index: [UInt8]
    let isSameAddress: Bool
    let reason: Reason
  }

  /// What becomes of why an address belongs to a role.
  private enum Reason: Sendable {
    case stays
    case becomes(Sealed?)
  }

  private var accounts: [One] = []
  /// Whose address belongs to a role, and nobody has said why.
  private(set) var unexplained: [Slug] = []

  /// - Parameter desk: whose keys they are sealed under.
  init(_ business: Business, _ emails: [Slug: String], _ reasons: [Slug: String], _ desk: Desk) async throws {
    let (known, stored) = try await desk.store.read { (try $0.staffAccounts(), try $0.mailboxReasons()) }
    for member in business.staff {
      let email = emails[member.id] ?? ""
      let old = known.first { $0.id == member.id }
      let keys: SubjectKeys
      if let old, let opened = try await desk.keys.open(old.subject) {
        keys = opened
      } else {
        keys = try await desk.keys.takeBlank().keys
      }
      let account: StaffAccount
      let isSameAddress: Bool
      if let old, old.subject == keys.subject {
        isSameAddress = try keys.open(old.email, at: old.emailCell()) == email
        account = try isSameAddress ? old : old.moving(to: email, keys)
      } else {
        isSameAddress = false
        let sealed = try keys.seal(email, at: StaffAccount.emailCell(keys.subject, 1))
        account = StaffAccount(new: member.id, email: sealed, keys)
      }
      let before = try stored[member.id].flatMap { sealed in
        try isSameAddress ? keys.open(sealed, at: account.mailboxReasonCell()) : nil
      }
      let after = reasons[member.id] ?? before
      let isRole = (try? EmailAddress(email)).map(RoleMailbox.isOne) ?? false
      if isRole, after == nil { unexplained.append(member.id) }
      accounts.append(
        One(
          account: account,
          index: desk.staffIndex(email),
          isSameAddress: isSameAddress,
          reason: after == before && isSameAddress
            ? .stays : .becomes(try after.map { try keys.seal($0, at: account.mailboxReasonCell()) })
        )
      )
    }
  }

  /// Writes what differs, inside the act's transaction, because another apply may have come between.
  ///
  /// - Parameter left: who stays without access.
  /// - Returns: whether anything did.
  func put(in changes: any Changes, left: Set<Slug>, now: Instant) throws -> Bool {
    var changed = false
    let known = try changes.staffAccounts()
    for gone in known where gone.active && !accounts.contains(where: { $0.account.id == gone.id }) {
      try changes.removeAccess(of: gone.id, at: now)
      changed = true
    }
    let moving = accounts.filter { one in
      !known.contains { old in
        old.id == one.account.id && one.isSameAddress && old.rowVersion == one.account.rowVersion
          && (old.active || left.contains(old.id))
      }
    }
    // First all of them, so that two may swap their addresses.
    for one in moving { try changes.releaseAddress(of: one.account.id) }
    for one in moving {
      let hasLeft = left.contains(one.account.id)
      try changes.put(one.account.with(active: !hasLeft), emailIndex: hasLeft ? nil : one.index)
      changed = true
    }
    for one in accounts {
      guard case .becomes(let reason) = one.reason else { continue }
      try changes.setMailboxReason(of: one.account.id, reason)
      changed = true
    }
    return changed
  }
}

extension StaffAccount {
  static func emailCell(_ subject: Identifier, _ rowVersion: Int) -> Cell {
    Cell(table: "staff", column: "email", row: subject, rowVersion: rowVersion, class: .p1)
  }

  func emailCell() -> Cell { StaffAccount.emailCell(subject, rowVersion) }

  fileprivate func moving(to email: String, _ keys: SubjectKeys) throws -> StaffAccount {
    let sealed = try keys.seal(email, at: StaffAccount.emailCell(subject, rowVersion + 1))
    return StaffAccount(self, email: sealed, rowVersion: rowVersion + 1, active: active)
  }

  fileprivate func with(active: Bool) -> StaffAccount {
    StaffAccount(self, email: email, rowVersion: rowVersion, active: active)
  }

  private init(_ old: StaffAccount, email: Sealed, rowVersion: Int, active: Bool) {
    self.init(
      id: old.id,
      subject: old.subject,
      rowVersion: rowVersion,
      email: email,
      active: active,
      password: old.password,
      totpSecret: old.totpSecret,
      totpStep: old.totpStep
    )
  }
}
