import Audit
import Booking
import People
import Primitives
import Storage
import Vault

/// What somebody who takes an invite up is going to sign in with.
package enum NewSignIn: Sendable {
  /// The code shows that the invite's secret is in an authenticator app.
  case password(String, code: String)
  /// The JSON of `PublicKeyCredential.toJSON()`, and what the person calls it.
  case passkey(String, label: String)
}

/// The same, checked and sealed for the account.
private enum SealedSignIn: Sendable {
  case password(hash: String, secret: Sealed, step: Int)
  case passkey(PasskeyRow, Challenge)

  var fields: [String] {
    switch self {
    case .password: ["password", "totp_secret"]
    case .passkey: ["passkeys"]
    }
  }
}

extension Desk {
  /// For making the first passkey, bound to the invite.
  ///
  /// - Throws: `.inviteSpent`; `.notAllowed` where the server's address is none that browsers make passkeys for.
  package func invitePasskeyOptions(_ code: String) async throws -> PasskeyOptions {
    let (invite, account) = try await findInvite(code, .inviteOpened)
    let opened = try await opened(invite, account, .inviteOpened)
    var detail = ActDetail()
    detail.touch(staff: account.id)
    detail.fields = ["email"]
    try await recordReading(.inviteOpened, by: .stranger(network: ""), for: .administration, detail)
    return try await options(
      ring.challenge(.invite, about: invite.id, now: clock.now()),
      for: (account.subject, opened.email, opened.name),
      known: []
    )
  }

  /// Takes an invite up, and signs the person in.
  ///
  /// Whatever they signed in with before is replaced, all of it, and their sessions and devices end: who asks for a new invite
  /// has lost something. The person and the owners are told, so that nobody takes it up unseen (V4).
  ///
  /// - Throws: `.inviteSpent`; `.tooEarly` for a recovery that waits still; `.invalid` at `password`, `code`, `label` or
  ///   `passkey`; `.away` when too many passwords are being made at once.
  package func takeInvite(_ code: String, _ chosen: NewSignIn, from client: Client) async throws -> SignedIn {
    let (invite, account) = try await findInvite(code, .inviteTaken)
    let sealed = try await sealed(chosen, invite, account)
    let now = clock.now()
    let timetable = try await timetable()
    let session = Identifier(at: now)
    let begun = try await act(.inviteTaken, by: .stranger(network: ""), for: .administration) {
      [self] changes, detail in
      try changes.hold([.access(account.id)])
      // Looked up again: an owner may have ended it or changed the address meanwhile.
      guard try changes.openInvite(invite.id, now: now)?.isOpen(at: now) == true,
        try changes.spendInvite(invite.id, at: now)
      else { throw Refusal(.inviteSpent) }
      try endSignIn(of: account.id, changes, now)
      try keep(sealed, of: account.id, changes, now)
      try changes.markTakenUp(account.id)
      let begun = try startSession(
        session,
        of: account.id,
        method: .invite,
        in: changes,
        from: client,
        now: now
      )
      try tell(account.id, .inviteTaken, about: invite.id, changes, now)
      try tellOwners(of: account.id, .inviteTaken, about: invite.id, changes, timetable, now)
      detail.touch(staff: account.id)
      if invite.recovery != nil { detail.touch(recovery: invite.id) }
      detail.fields = sealed.fields
      return begun
    }
    sessions.forgetAll()
    guard let person = try await person(token: begun.token) else { throw Refusal(.inviteSpent) }
    return SignedIn(token: begun.token, deviceToken: begun.deviceToken, person: person)
  }

  private func sealed(
    _ chosen: NewSignIn,
    _ invite: Invite,
    _ account: StaffAccount
  ) async throws -> SealedSignIn {
    do {
      switch chosen {
      case .password(let password, let code):
        return try await sealed(password, code, invite, account)
      case .passkey(let json, let label):
        var check = FieldCheck()
        let label = check.line(label, at: "label", atMost: Desk.longestLabel, required: false)
        try check.finish()
        let now = clock.now()
        let (passkey, challenge) = try registered(json, .invite, about: invite.id, now: now)
        let row = try passkeyRow(passkey, label: label ?? "", of: account.id, at: now)
        return .passkey(row, challenge)
      }
    } catch let refusal as Refusal {
      try await refuse(.inviteTaken, by: .stranger(network: ""), for: .administration, refusal)
    }
  }

  private func sealed(
    _ password: String,
    _ code: String,
    _ invite: Invite,
    _ account: StaffAccount
  ) async throws -> SealedSignIn {
    let opened = try await opened(invite, account, .inviteTaken)
    let totp = try secret(of: invite)
    let step = totp.matchedStep(of: code, at: clock.now(), lastUsed: nil)
    var check = FieldCheck()
    if let problem = try await passwordProblem(password, ownWords: [opened.name, opened.email]) {
      check.add("password", problem)
    }
    if step == nil { check.add("code", .wrongCode) }
    try check.finish()
    do {
      if try await isUsedPassword(password, of: account) {
        throw Refusal.invalid("password", .usedPassword)
      }
      return .password(
        hash: try await hasher.hash(password),
        secret: try ring.businessCells(.credentials).seal(totp.base32, at: account.cell("totp_secret")),
        step: step ?? 0
      )
    } catch VaultFault.busy {
      throw Refusal(.away)
    }
  }

  private func endSignIn(of staff: Slug, _ changes: any Changes, _ now: Instant) throws {
    try changes.endInvites(of: staff, at: now)
    try changes.removePasskeys(of: staff)
    try changes.removeRecoveryCodes(of: staff)
    try changes.endSessions(of: staff, at: now)
    try changes.forgetDevices(of: staff, at: now)
  }

  private func keep(
    _ sealed: SealedSignIn,
    of staff: Slug,
    _ changes: any Changes,
    _ now: Instant
  ) throws {
    switch sealed {
    case .password(let hash, let secret, let step):
      try setPassword(hash, of: staff, in: changes, at: now)
      try changes.setCodeApp(of: staff, secret: secret, step: step)
    case .passkey(let row, let challenge):
      try setPassword(nil, of: staff, in: changes, at: now)
      try changes.removeCodeApp(of: staff)
      try take(row, challenge, changes, now)
    }
  }
}
