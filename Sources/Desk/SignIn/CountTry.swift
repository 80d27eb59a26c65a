import Audit
import People
import Primitives
import Storage
import Vault

/// A try at signing in that was counted as failed and is heard.
struct CountedTry: Sendable {
  /// The blind index of the address that was typed, or of the account whose passkey it is.
  let account: [UInt8]
  let network: [UInt8]
  let place: SignInPlace
  /// Enough failed in a row that a device the account does not know needs a recovery code.
  let takesPasswords: Bool
  let isPasskey: Bool
}

extension Desk {
  /// Counts a try as failed before anything of it is looked at, so that tries made side by side are all
  /// counted.
  ///
  /// Costs the same statements whether there is such an account or not.
  ///
  /// - Throws: `.tooMany` with the seconds to wait, recorded.
  func countTry(
    _ proof: Proof,
    account: [UInt8],
    from client: Client,
    _ name: ActName,
    by actor: Actor
  ) async throws -> CountedTry {
    let counted =
      if case .passkey = proof {
        try await countPasskeyTry(account, client)
      } else {
        try await countPasswordTry(account, client)
      }
    switch counted {
    case .success(let counted): return counted
    case .failure(let refusal): try await refuse(name, by: actor, for: .signIn, refusal)
    }
  }

  /// A try that was not looked at, because too many sign in at once.
  func takeBack(_ counted: CountedTry) async throws {
    try await store.change { changes in
      if counted.isPasskey {
        try changes.takeBackPasskeyFailure(network: counted.network)
      } else {
        try changes.takeBackSignInFailure(account: counted.account, place: counted.place)
      }
    }
  }

  private func countPasswordTry(_ account: [UInt8], _ client: Client) async throws -> Result<
    CountedTry, Refusal
  > {
    let now = clock.now()
    let network = ring.networkPseudonym(client.network)
    return try await store.change { [self] changes in
      try changes.hold([.passwordTries])
      // Nobody of an unknown address has a device, but is asked for one.
      let staff = try changes.staffAccount(emailIndex: account)?.id ?? business
      let device = try knownDevice(of: staff, client, changes, now: now)
      var place = device.map { SignInPlace.device($0.id) } ?? .network(network)
      var counts = try counts(account, place, network, changes, now)
      if device != nil, !SignInThrottle.trusts(deviceAfter: counts.pair) {
        place = .network(network)
        counts = try self.counts(account, place, network, changes, now)
      }
      let isKnown = place != .network(network)
      let opens = SignInThrottle.opens(counts, isKnownDevice: isKnown, now: now)
      guard opens <= now else { return .failure(Refusal(.tooMany, wait: opens - now)) }
      let house = isKnown ? nil : SignInThrottle.counting(counts.house, at: now)
      try changes.countSignInFailure(account: account, place: place, house: house, at: now)
      return .success(
        CountedTry(
          account: account,
          network: network,
          place: place,
          takesPasswords: isKnown || SignInThrottle.takesPasswords(fromStrangersAfter: counts.inARow),
          isPasskey: false
        )
      )
    }
  }

  private func counts(
    _ account: [UInt8],
    _ place: SignInPlace,
    _ network: [UInt8],
    _ records: any Records,
    _ now: Instant
  ) throws -> SignInCounts {
    try records.signInCounts(
      account: account,
      place: place,
      network: network,
      since: now - SignInThrottle.memory
    )
  }

  private func countPasskeyTry(_ account: [UInt8], _ client: Client) async throws -> Result<
    CountedTry, Refusal
  > {
    let now = clock.now()
    let network = ring.networkPseudonym(client.network)
    return try await store.change { changes in
      try changes.hold([.passkeyTries(from: network)])
      let failures = try changes.passkeyFailures(from: network, since: now - SignInThrottle.memory)
      let opens = SignInThrottle.opens(passkeysFrom: failures, now: now)
      guard opens <= now else { return .failure(Refusal(.tooMany, wait: opens - now)) }
      try changes.countPasskeyFailure(network: network, at: now)
      return .success(
        CountedTry(
          account: account,
          network: network,
          place: .network(network),
          takesPasswords: false,
          isPasskey: true
        )
      )
    }
  }
}

extension Changes {
  /// After a success.
  func forget(_ counted: CountedTry) throws {
    if counted.isPasskey {
      try takeBackPasskeyFailure(network: counted.network)
    } else {
      try forgetSignInFailures(account: counted.account, place: counted.place)
    }
  }
}
