import Audit
import Booking
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// Signs a member of staff in with password and code from the app; never with less.
  ///
  /// The failure is counted before the password is looked at, so that guesses made side by side are all counted. Known
  /// and unknown addresses cost the same work and get the same answer.
  ///
  /// - Parameter network: the client's network; only a keyed hash of it is stored.
  /// - Returns: the token of a new session, to be handed to this browser alone.
  /// - Throws: `.signInRefused` for every wrong combination, `.tooMany`, `.away` when too many sign in at once.
  package func signIn(email: String, password: String, code: String, network: String) async throws -> String {
    let now = clock.now()
    let account = staffIndex(email)
    let place = ring.networkPseudonym(network)
    let isOpen = try await store.change { changes in
      try changes.hold([.signIn(account), .signIn(place)])
      let failures = try changes.signInFailures(
        account: account,
        network: place,
        since: now - SignInThrottle.memory
      )
      let opens = SignInThrottle.opens(
        pair: failures.pair,
        account: failures.account,
        network: failures.network,
        isKnownNetwork: false,
        now: now
      )
      guard opens <= now else { return false }
      try changes.countSignInFailure(account: account, network: place, at: now)
      return true
    }
    guard isOpen else {
      try await refuse(.sessionStarted, by: .stranger(network: ""), for: .signIn, Refusal(.tooMany))
    }

    let found = try await store.read { try $0.staffAccount(emailIndex: account) }
    let matched = try await match(found, password: password, code: code, now: now)
    let token = Token()
    let session = Identifier(at: now)
    let actor: Actor = matched.map { .staff($0.id, session: session) } ?? .stranger(network: "")
    return try await act(.sessionStarted, by: actor, for: .signIn) { [ring] changes, detail in
      guard let matched, try changes.spendTOTPStep(matched.step, of: matched.id) else {
        throw Refusal(.signInRefused)
      }
      try changes.forgetSignInFailures(account: account, network: place)
      try changes.add(
        SessionRecord(id: session, staff: matched.id, startedAt: now, seenAt: now),
        tokenHash: ring.storedForm(of: token)
      )
      detail.touch(staff: matched.id)
      return token.text
    }
  }

  /// Who a session token belongs to; nil for one that is unknown, ended, idle too long or too old.
  package func person(token text: String) async throws -> StaffPerson? {
    guard let token = Token(text) else { return nil }
    let now = clock.now()
    let digest = ring.storedForm(of: token)
    let session: SessionRecord
    if let known = sessions.find(digest) {
      session = known
    } else {
      guard let found = try await store.ask({ try $0.openSession(tokenHash: digest) }) else { return nil }
      sessions.keep(found, digest)
      session = found
    }
    let business = try await timetable().business
    guard let member = business.staffMember(session.staff),
      SessionRule.isAlive(role: member.role, signedIn: session.startedAt, lastSeen: session.seenAt, now: now)
    else { return nil }
    if SessionRule.isWorthTouching(lastSeen: session.seenAt, now: now) {
      try await store.change { try $0.touchSession(session.id, at: now) }
      sessions.forgetAll()
    }
    return StaffPerson(id: member.id, name: member.name, role: member.role, session: session.id)
  }

  /// Ends this session; effective here at once and in other processes within half a second.
  package func signOut(_ person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.sessionEnded, by: person.actor, for: .signIn) { changes, detail in
      _ = try changes.endSession(person.session, at: now)
      detail.touch(staff: person.id)
    }
    sessions.forgetAll()
  }

  /// The account and TOTP step when password and code are both right.
  private func match(
    _ account: StaffAccount?,
    password: String,
    code: String,
    now: Instant
  ) async throws -> (id: Slug, step: Int)? {
    let cells = ring.businessCells(.credentials)
    let hash = try account.flatMap { account in
      try account.password.map { try cells.open($0, at: account.cell("password")) }
    }
    let isRight: Bool
    do {
      isRight = try await hasher.verify(password, against: hash)
    } catch VaultFault.busy {
      try await refuse(.sessionStarted, by: .stranger(network: ""), for: .signIn, Refusal(.away))
    }
    guard let account, let sealed = account.totpSecret,
      let totp = TOTP(base32: try cells.open(sealed, at: account.cell("totp_secret")))
    else { return nil }
    let step = totp.matchedStep(of: code, at: now, lastUsed: account.totpStep)
    guard isRight, let step else { return nil }
    return (account.id, step)
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
