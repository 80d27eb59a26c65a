import Audit
import People
import Primitives
import Storage
import Vault

/// What became of a proof.
enum CheckedProof: Sendable {
  case right(RightProof)
  case wrong
  /// Signed by the right key, with a counter that was used before: somebody has a copy of it.
  case cloned(PasskeyRow)
}

/// Two factors that were right when they were looked at; they are spent in the act's transaction.
struct RightProof: Sendable {
  enum Factors: Sendable {
    case passkey(PasskeyRow, PasskeyUse, Challenge)
    case password(StaffAccount, step: Int)
    case recovery(StaffAccount, codeHash: [UInt8])
  }

  let staff: Slug
  let factors: Factors

  var method: SignInMethod {
    switch factors {
    case .passkey: .passkey
    case .password: .password
    case .recovery: .recoveryCode
    }
  }
}

extension Desk {
  /// Looks at all of a proof.
  ///
  /// - Parameters:
  ///   - email: the blind index of the address that was typed; a passkey names its own person.
  ///   - session: whose person proves again; nil for signing in.
  /// - Throws: `.away`, recorded, when too many sign in at once; the try is then not counted.
  func check(
    _ proof: Proof,
    _ counted: CountedTry,
    provingIn session: Identifier?,
    _ name: ActName,
    by actor: Actor
  ) async throws -> CheckedProof {
    switch proof {
    case .passkey(let json):
      return try await checkPasskey(json, session)
    case .password(let password, let second):
      return try await checkPassword(password, second, counted, name, actor)
    case .insufficient:
      _ = try await isRight("", against: nil, counted, name, actor)
      return .wrong
    }
  }

  private func checkPassword(
    _ password: String,
    _ second: SecondFactor,
    _ counted: CountedTry,
    _ name: ActName,
    _ actor: Actor
  ) async throws -> CheckedProof {
    let account = try await store.ask { try $0.staffAccount(emailIndex: counted.account) }
    let cells = ring.businessCells(.credentials)
    let hash = try account.flatMap { account in
      try account.password.map { try cells.open($0, at: account.cell("password")) }
    }
    let isRight = try await isRight(password, against: hash, counted, name, actor)
    guard let account, isRight else { return .wrong }
    switch second {
    case .code(let code):
      guard counted.takesPasswords, let secret = account.totpSecret,
        let totp = TOTP(base32: try cells.open(secret, at: account.cell("totp_secret"))),
        let step = totp.matchedStep(of: code, at: clock.now(), lastUsed: account.totpStep)
      else { return .wrong }
      return .right(RightProof(staff: account.id, factors: .password(account, step: step)))
    case .recoveryCode(let text):
      guard let code = RecoveryCode(text) else { return .wrong }
      let hash = ring.storedForm(ofRecoveryCode: code.bytes, of: account.id)
      return .right(RightProof(staff: account.id, factors: .recovery(account, codeHash: hash)))
    }
  }

  private func isRight(
    _ password: String,
    against hash: String?,
    _ counted: CountedTry,
    _ name: ActName,
    _ actor: Actor
  ) async throws -> Bool {
    do {
      return try await hasher.verify(password, against: hash)
    } catch VaultFault.busy {
      try await takeBack(counted)
      try await refuse(name, by: actor, for: .signIn, Refusal(.away))
    }
  }

  private func checkPasskey(_ json: String, _ session: Identifier?) async throws -> CheckedProof {
    guard let site = RelyingParty(address: address), let response = try? PasskeyResponse(json: json),
      let challenge = ring.challenge(
        response.challenge,
        for: session == nil ? .signIn : .prove,
        about: session,
        now: clock.now()
      )
    else { return .wrong }
    let found = try await store.read { records -> (PasskeyRow, StaffAccount)? in
      guard let row = try records.passkey(credential: response.credential),
        let account = try records.staffAccount(row.staff)
      else { return nil }
      return (row, account)
    }
    guard let (row, account) = found, let sealed = try opened(row) else { return .wrong }
    do throws(PasskeyFault) {
      let use = try response.asserted(
        challenge: challenge.bytes,
        at: site,
        publicKey: sealed.publicKey,
        signCount: row.signCount,
        isSyncable: sealed.isSyncable
      )
      // Where nobody said who they are, the passkey must (WebAuthn level 3 §7.2 step 6).
      guard
        use.userHandle.map({ constantTimeEqual($0, ring.userHandle(of: account.subject)) })
          ?? (session != nil)
      else { return .wrong }
      return .right(RightProof(staff: account.id, factors: .passkey(row, use, challenge)))
    } catch {
      return error == .counter ? .cloned(row) : .wrong
    }
  }

  /// Spends what was right, in the act's transaction; false when something of it was spent or changed
  /// meanwhile.
  func spend(_ proof: RightProof, _ changes: any Changes, at now: Instant) throws -> Bool {
    switch proof.factors {
    case .passkey(let row, let use, let challenge):
      return try changes.staffAccount(proof.staff)?.active == true
        && changes.spendChallenge(ring.spentForm(of: challenge), until: challenge.expiresAt, now: now)
        && changes.usePasskey(row.id, signCount: use.signCount, synced: use.isSynced, at: now)
    case .password(let account, let step):
      return try isUnchanged(account, changes) && changes.spendTOTPStep(step, of: account.id)
    case .recovery(let account, let hash):
      return try isUnchanged(account, changes) && changes.spendRecoveryCode(hash, of: account.id, at: now)
    }
  }

  /// Whether an account still has the factors that were looked at, so that none that was just replaced begins
  /// a session.
  private func isUnchanged(_ account: StaffAccount, _ records: any Records) throws -> Bool {
    guard let now = try records.staffAccount(account.id) else { return false }
    return now.active && now.password == account.password && now.totpSecret == account.totpSecret
  }

  func staffIndex(_ email: String) -> [UInt8] {
    ring.blindIndex(Normalised.email(email), table: "staff", column: "email")
  }
}

extension StaffAccount {
  /// Where this account's credentials are sealed.
  func cell(_ column: String) -> Cell {
    Cell(table: "staff", column: column, row: subject, rowVersion: 1, class: .credentials)
  }
}
