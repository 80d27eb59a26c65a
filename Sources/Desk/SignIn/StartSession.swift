import People
import Primitives
import Storage
import Vault

extension Desk {
  /// How long a device is known after it was last used to sign in, in seconds: as long as browsers keep a
  /// cookie.
  package static let deviceMemory: Int = .days(400)

  /// Begins a session in an act's transaction, on a device that is known from now on.
  ///
  /// Earlier sessions of the same person on the same device end, and what is older than it is kept for is
  /// erased. `staff` is held already (`Held.access`).
  ///
  /// - Returns: the tokens for this browser alone; they are stored nowhere.
  func startSession(
    _ id: Identifier? = nil,
    of staff: Slug,
    method: SignInMethod,
    unusual: [UnusualSign] = [],
    in changes: any Changes,
    from client: Client,
    now: Instant
  ) throws -> (token: String, deviceToken: String, session: SessionRecord) {
    let place = ring.networkPseudonym(client.network)
    let (device, deviceToken) = try device(of: staff, in: changes, from: client, place, now)
    try changes.endSessions(onDevice: device, at: now)
    try changes.eraseOldAccess(devicesUnseenSince: now - Desk.deviceMemory, at: now)
    let token = Token()
    let session = SessionRecord(
      id: id ?? Identifier(at: now),
      staff: staff,
      device: device,
      method: method,
      network: place,
      startedAt: now,
      seenAt: now,
      provedAt: now,
      unusual: unusual
    )
    try changes.add(session, tokenHash: ring.storedForm(of: token))
    try changes.touchStanding(of: staff, reviewDueAt: now + StandingRule.reviewEvery, at: now)
    return (token.text, deviceToken, session)
  }

  /// The device of this client that somebody is known to use; nil for none.
  func knownDevice(of staff: Slug, _ client: Client, _ records: any Records, now: Instant) throws
    -> DeviceRow?
  {
    guard let token = client.deviceToken.flatMap({ Token($0) }) else { return nil }
    let hash = ring.storedForm(of: token, deviceOf: staff)
    return try records.device(tokenHash: hash, of: staff, since: now - Desk.deviceMemory)
  }

  private func device(
    of staff: Slug,
    in changes: any Changes,
    from client: Client,
    _ place: [UInt8],
    _ now: Instant
  ) throws -> (Identifier, token: String) {
    if let token = client.deviceToken, let known = try knownDevice(of: staff, client, changes, now: now) {
      try changes.touchDevice(known.id, kind: client.kind.words, network: place, at: now)
      return (known.id, token)
    }
    let token = try colleaguesToken(of: client, for: staff, changes, now) ?? Token()
    let device = DeviceRow(
      id: Identifier(at: now),
      staff: staff,
      kind: client.kind.words,
      network: place,
      madeAt: now,
      seenAt: now
    )
    try changes.add(device, tokenHash: ring.storedForm(of: token, deviceOf: staff))
    return (device.id, token.text)
  }

  /// The token that a colleague's sign-in left in this browser, to serve both; nil when nobody's did, so that
  /// no token is taken over that we did not make.
  private func colleaguesToken(
    of client: Client,
    for staff: Slug,
    _ records: any Records,
    _ now: Instant
  ) throws -> Token? {
    guard let token = client.deviceToken.flatMap({ Token($0) }) else { return nil }
    let hashes = try records.staffAccounts().map { ring.storedForm(of: token, deviceOf: $0.id) }
    let known = try records.devices(tokenHashes: hashes, since: now - Desk.deviceMemory)
    let own = ring.storedForm(of: token, deviceOf: staff)
    return known.contains { $0.isGood } && !known.contains { $0.tokenHash == own } ? token : nil
  }
}
