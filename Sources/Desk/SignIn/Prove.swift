import Audit
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// Proves again who one is, in one's session: before something that asks for it, and to open a locked
  /// session.
  ///
  /// Wrong proofs count as at signing in. The session goes on under a new token; the old one opens nothing
  /// from now on.
  ///
  /// - Parameter token: of the session, as its cookie has it.
  /// - Throws: `.signInRefused` for everything wrong and for anybody else's proof, `.tooMany`, `.away`,
  ///   `.signInNeeded` when the session has ended meanwhile.
  package func prove(
    _ person: StaffPerson,
    token: String,
    _ proof: Proof,
    from client: Client
  ) async throws -> SignedIn {
    let name: ActName = person.isLocked ? .sessionUnlocked : .sessionProved
    guard let old = Token(token), let index = try await store.read({ try $0.addressIndex(of: person.id) })
    else { try await refuse(name, by: person.actor, for: .signIn, Refusal(.signInNeeded)) }
    let counted = try await countTry(proof, account: index, from: client, name, by: person.actor)
    let checked = try await check(proof, counted, provingIn: person.session, name, by: person.actor)
    guard case .right(let right) = checked, right.staff == person.id else {
      if case .cloned(let passkey) = checked { try await tellOfCopy(of: passkey) }
      try await refuse(name, by: person.actor, for: .signIn, Refusal(.signInRefused))
    }
    let now = clock.now()
    let due = try await passwordDue(after: proof, right)
    let renewed = Token()
    let deviceToken = try await act(name, by: person.actor, for: .signIn) { [self] changes, detail in
      try changes.hold([.access(person.id)])
      guard try spend(right, changes, at: now) else { throw Refusal(.signInRefused) }
      guard
        try changes.renewSession(
          person.session,
          from: ring.storedForm(of: old),
          to: ring.storedForm(of: renewed),
          provedAt: now
        )
      else { throw Refusal(.signInNeeded) }
      try changes.forget(counted)
      if let due { try changes.askForPassword(of: person.id, because: due) }
      if case .recovery = right.factors {
        try tell(person.id, .recoveryCodeUsed, about: person.session, changes, now)
      }
      detail.touch(staff: person.id)
      return try keptDeviceToken(of: person, client, changes, now)
    }
    sessions.forgetAll()
    guard let proved = try await self.person(token: renewed.text) else { throw Refusal(.signInNeeded) }
    return SignedIn(token: renewed.text, deviceToken: deviceToken, person: proved)
  }

  /// Locks this session until its person proves who they are; what is typed on the page stays there.
  package func lock(_ person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.sessionLocked, by: person.actor, for: .signIn) { changes, detail in
      _ = try changes.lockSession(person.session, at: now)
      detail.touch(staff: person.id)
    }
    sessions.forgetAll()
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

  /// The token this browser has, or a new one where it was lost.
  private func keptDeviceToken(
    of person: StaffPerson,
    _ client: Client,
    _ changes: any Changes,
    _ now: Instant
  ) throws -> String {
    if let known = try knownDevice(of: person.id, client, changes, now: now), let token = client.deviceToken {
      try changes.touchDevice(
        known.id,
        kind: client.kind.words,
        network: ring.networkPseudonym(client.network),
        at: now
      )
      return token
    }
    let token = Token()
    try changes.renewDevice(person.device, tokenHash: ring.storedForm(of: token, deviceOf: person.id))
    return token.text
  }
}
