import Audit
import Booking
import People
import Primitives
import Storage
import Vault

/// A session that has begun, or goes on under a new token.
package struct SignedIn: Sendable {
  /// For the session's cookie of this browser alone.
  package let token: String
  /// For the device's cookie, which outlives sessions.
  package let deviceToken: String
  package let person: StaffPerson
}

extension Desk {
  /// Signs a member of staff in by a passkey, or by password with a code from the app or a recovery code;
  /// never by less.
  ///
  /// The failure is counted before anything is looked at, so that guesses made side by side are all counted.
  /// Known and unknown addresses cost the same work and get the same answer.
  ///
  /// - Parameter email: of no meaning with a passkey, which names its person.
  /// - Throws: `.asleep` after 60 days without signing in, and `.notAllowed` after the last day of an engagement, both to
  ///   whoever has proved who they are; `.signInRefused` for everything wrong, `.tooMany`, `.away` when too many sign in at once.
  package func signIn(email: String, _ proof: Proof, from client: Client) async throws -> SignedIn {
    let stranger = Actor.stranger(network: "")
    let counted = try await countTry(
      proof,
      account: staffIndex(email),
      from: client,
      .sessionStarted,
      by: stranger
    )
    let checked = try await check(proof, counted, provingIn: nil, .sessionStarted, by: stranger)
    let now = clock.now()
    let session = Identifier(at: now)
    guard case .right(let right) = checked else {
      if case .cloned(let passkey) = checked { try await tellOfCopy(of: passkey) }
      try await refuse(.sessionStarted, by: stranger, for: .signIn, Refusal(.signInRefused))
    }
    let timetable = try await timetable()
    let due = try await passwordDue(after: proof, right)
    let begun = try await act(.sessionStarted, by: .staff(right.staff, session: session), for: .signIn) {
      [self] changes, detail in
      try changes.hold([.access(right.staff)])
      guard try spend(right, changes, at: now) else { throw Refusal(.signInRefused) }
      try requireAwake(right.staff, changes, timetable, now)
      let unusual = try unusualSigns(of: right, counted, client, changes, timetable, now)
      try changes.forget(counted)
      let begun = try startSession(
        session,
        of: right.staff,
        method: right.method,
        unusual: unusual,
        in: changes,
        from: client,
        now: now
      )
      if let due { try changes.askForPassword(of: right.staff, because: due) }
      try tell(of: begun.session, changes, timetable, now)
      detail.touch(staff: right.staff)
      return begun
    }
    sessions.forgetAll()
    // The session stands whatever becomes of this look; the next sight of it looks again.
    try? await findSharing(of: right.staff)
    guard let person = try await person(token: begun.token) else { throw Refusal(.signInRefused) }
    return SignedIn(token: begun.token, deviceToken: begun.deviceToken, person: person)
  }

  private func requireAwake(
    _ staff: Slug,
    _ records: any Records,
    _ timetable: Timetable,
    _ now: Instant
  ) throws {
    guard let member = timetable.staffMember(staff) else { return }
    if let end = timetable.engagementEnd(of: member), now >= end { throw Refusal(.notAllowed) }
    guard let standing = try records.standing(of: staff) else { return }
    if StandingRule.isAsleep(member.role, seenAt: standing.seenAt, now: now) { throw Refusal(.asleep) }
  }

  /// Whether the password that was just typed must be changed now; it is known in clear at no other time.
  func passwordDue(after proof: Proof, _ right: RightProof) async throws -> PasswordDue? {
    guard case .password(let password, _) = proof else { return nil }
    switch right.factors {
    case .passkey: return nil
    case .password(let account, _), .recovery(let account, _):
      return try await passwordStanding(password, account)
    }
  }
}
