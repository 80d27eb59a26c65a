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
}

extension Desk {
  /// How long an invite can be taken up, in seconds.
  package static let inviteLifetime = Int.hours(24)

  /// Makes a one-time link with which a member of staff sets password and second factor; earlier ones end.
  ///
  /// - Throws: `.unknown` for somebody the business file does not name.
  package func invite(_ staff: Slug, by actor: Actor) async throws -> String {
    let now = clock.now()
    let token = Token()
    let stored = ring.storedForm(of: token)
    let row = Identifier(bytes: stored[..<16]) ?? Identifier(at: now)
    let secret = try ring.businessCells(.credentials).seal(TOTP().base32, at: inviteCell(row))
    let invite = Invite(
      tokenHash: stored,
      staff: staff,
      totpSecret: secret,
      madeAt: now,
      expiresAt: now + Desk.inviteLifetime
    )
    return try await act(.inviteMade, by: actor, for: .administration) { [self] changes, detail in
      guard let account = try changes.staffAccount(staff), account.active else { throw Refusal(.unknown) }
      try changes.add(invite)
      detail.touch(staff: staff)
      return "\(address)/staff/\(business)/invite#\(token.text)"
    }
  }

  /// The same for an owner on the page.
  package func invite(_ staff: Slug, by person: StaffPerson) async throws -> String {
    try await require(.invitePeople, by: person, .inviteMade, for: .administration)
    return try await invite(staff, by: person.actor)
  }

  /// Shows an invite to whoever holds its code.
  ///
  /// - Throws: `.inviteSpent` for a code that is wrong, used or expired: all look the same.
  package func openInvite(_ code: String) async throws -> OpenedInvite {
    let (invite, account) = try await find(code, .inviteOpened)
    let opened = try await opened(invite, account, .inviteOpened)
    var detail = ActDetail()
    detail.touch(staff: account.id)
    detail.fields = ["email", "totp_secret"]
    try await recordReading(.inviteOpened, by: .stranger(network: ""), for: .administration, detail)
    return opened
  }

  private func opened(_ invite: Invite, _ account: StaffAccount, _ name: ActName) async throws -> OpenedInvite
  {
    guard let keys = try await keys.open(account.subject) else {
      try await refuse(name, by: .stranger(network: ""), for: .administration, Refusal(.inviteSpent))
    }
    let email = try keys.open(account.email, at: account.emailCell())
    let business = try await timetable().business
    let totp = try secret(of: invite)
    return OpenedInvite(
      staff: account.id,
      name: business.staffMember(account.id)?.name ?? account.id.text,
      email: email,
      totpSecret: totp.base32,
      totpURI: totp.uri(issuer: business.name, account: email)
    )
  }

  /// Takes an invite up: sets the password and proves the second factor, both at once. Ends earlier sessions.
  ///
  /// - Throws: `.inviteSpent`, `.invalid` for a weak password or a wrong code.
  package func takeInvite(_ code: String, password: String, totpCode: String) async throws {
    let (invite, account) = try await find(code, .inviteTaken)
    let opened = try await opened(invite, account, .inviteTaken)
    let now = clock.now()
    let totp = try secret(of: invite)
    let step = totp.matchedStep(of: totpCode, at: now, lastUsed: nil)
    let name = try await timetable().business.name
    do throws(Refusal) {
      var check = FieldCheck()
      let problem = PasswordRule.problem(
        with: password,
        ownWords: [opened.name, opened.email, name],
        hasSecondFactor: true
      )
      if let problem { check.add("password", problem) }
      if step == nil { check.add("code", .wrongCode) }
      try check.finish()
    } catch {
      try await refuse(.inviteTaken, by: .stranger(network: ""), for: .administration, error)
    }
    let hash: String
    do {
      hash = try await hasher.hash(password)
    } catch VaultFault.busy {
      try await refuse(.inviteTaken, by: .stranger(network: ""), for: .administration, Refusal(.away))
    }
    let cells = ring.businessCells(.credentials)
    let sealedHash = try cells.seal(hash, at: account.cell("password"))
    let sealedSecret = try cells.seal(totp.base32, at: account.cell("totp_secret"))
    try await act(.inviteTaken, by: .stranger(network: ""), for: .administration) { changes, detail in
      guard try changes.spendInvite(tokenHash: invite.tokenHash, at: now) else { throw Refusal(.inviteSpent) }
      try changes.setCredentials(
        of: account.id,
        password: sealedHash,
        totpSecret: sealedSecret,
        totpStep: step ?? 0
      )
      try changes.endSessions(of: account.id, at: now)
      detail.touch(staff: account.id)
      detail.fields = ["password", "totp_secret"]
    }
    sessions.forgetAll()
  }

  private func find(_ code: String, _ name: ActName) async throws -> (Invite, StaffAccount) {
    let now = clock.now()
    let stored = Token(code).map(ring.storedForm)
    let found = try await store.read { records -> (Invite, StaffAccount)? in
      guard let stored, let invite = try records.openInvite(tokenHash: stored, now: now),
        let account = try records.staffAccount(invite.staff), account.active
      else { return nil }
      return (invite, account)
    }
    guard let found else {
      try await refuse(name, by: .stranger(network: ""), for: .administration, Refusal(.inviteSpent))
    }
    return found
  }

  private func secret(of invite: Invite) throws -> TOTP {
    guard let row = Identifier(bytes: invite.tokenHash[..<16]),
      let totp = TOTP(
        base32: try ring.businessCells(.credentials).open(invite.totpSecret, at: inviteCell(row))
      )
    else { throw StorageFault.damaged("invite.totp_secret") }
    return totp
  }

  private func inviteCell(_ row: Identifier) -> Cell {
    Cell(table: "invite", column: "totp_secret", row: row, rowVersion: 1, class: .credentials)
  }
}
