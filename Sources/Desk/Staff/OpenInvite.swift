import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

/// What somebody who opens their invite sees.
package struct OpenedInvite: Sendable {
  package let staff: Slug
  package let name: String
  package let email: String
  /// Base 32, to be typed into an authenticator app.
  package let totpSecret: String
  /// The same for a QR code or a tap on a phone.
  package let totpURI: String
  /// They have something to sign in with, which taking the invite up replaces.
  package let replaces: Bool
}

extension Desk {
  /// Shows an invite to whoever holds its code.
  ///
  /// - Throws: `.inviteSpent` for a code that is wrong, used or expired: all look the same; `.tooEarly` with the seconds to
  ///   wait for a recovery that opens later, which spends nothing.
  package func openInvite(_ code: String) async throws -> OpenedInvite {
    let (invite, account) = try await findInvite(code, .inviteOpened)
    let opened = try await opened(invite, account, .inviteOpened)
    var detail = ActDetail()
    detail.touch(staff: account.id)
    detail.fields = ["email", "totp_secret"]
    try await recordReading(.inviteOpened, by: .stranger(network: ""), for: .administration, detail)
    return opened
  }

  func opened(_ invite: Invite, _ account: StaffAccount, _ name: ActName) async throws -> OpenedInvite {
    guard let keys = try await keys.open(account.subject) else {
      try await refuse(name, by: .stranger(network: ""), for: .administration, Refusal(.inviteSpent))
    }
    let email = try keys.open(account.email, at: account.emailCell())
    let business = try await timetable().business
    let totp = try secret(of: invite)
    let hasPasskey = try await store.read { try !$0.passkeys(of: account.id).isEmpty }
    return OpenedInvite(
      staff: account.id,
      name: business.staffMember(account.id)?.name ?? account.id.text,
      email: email,
      totpSecret: totp.base32,
      totpURI: totp.uri(issuer: business.name, account: email),
      replaces: account.password != nil || hasPasskey
    )
  }

  func findInvite(_ code: String, _ name: ActName) async throws -> (Invite, StaffAccount) {
    let now = clock.now()
    let row = LinkCode(code).flatMap { ring.isGenuine($0, for: .invite) ? $0.row : nil }
    let found = try await store.read { records -> (Invite, StaffAccount)? in
      guard let row, let invite = try records.openInvite(row, now: now),
        let account = try records.staffAccount(invite.staff)
      else { return nil }
      return (invite, account)
    }
    guard let found else {
      try await refuse(name, by: .stranger(network: ""), for: .administration, Refusal(.inviteSpent))
    }
    guard found.0.isOpen(at: now) else {
      let wait = (found.0.recovery?.opensAt).map { $0 - now }
      try await refuse(
        name,
        by: .stranger(network: ""),
        for: .administration,
        Refusal(.tooEarly, wait: wait)
      )
    }
    return found
  }

  func secret(of invite: Invite) throws -> TOTP {
    let base32 = try ring.businessCells(.credentials).open(invite.totpSecret, at: Desk.inviteCell(invite.id))
    guard let totp = TOTP(base32: base32) else { throw StorageFault.damaged("invite.totp_secret") }
    return totp
  }
}
