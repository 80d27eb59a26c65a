package import People
package import Primitives

/// By what a try at signing in is counted, besides the whole house.
package enum SignInPlace: Sendable, Hashable {
  /// A keyed hash of the network.
  case network([UInt8])
  /// A device that the account knows.
  case device(Identifier)

  /// What the row says for it; networks are sixteen bytes, everything else is of another length.
  fileprivate var key: [UInt8] {
    switch self {
    case .network(let hash): hash
    case .device(let id): [3] + id.bytes
    }
  }
}

/// Rows that are no account's or no network's.
private enum Special {
  /// In the network's place: all of an account's failures in a row.
  static let inARow: [UInt8] = [1]
  /// In both places: the house. Its instant is when the allowance will be full again.
  static let house: [UInt8] = [2]
  /// In the account's place: passkeys.
  static let passkeys: [UInt8] = [4]
}

extension Held {
  /// Tries by password are counted one after the other, since each looks at the whole house.
  package static let passwordTries: Held = .signIn(Special.house)

  package static func passkeyTries(from network: [UInt8]) -> Held { .signIn(Special.passkeys + network) }
}

extension Records {
  /// What was counted before a try of this account from this place.
  ///
  /// - Parameter network: that it comes from, also when a known device is what counts.
  package func signInCounts(
    account: [UInt8],
    place: SignInPlace,
    network: [UInt8],
    since: Instant
  ) throws -> SignInCounts {
    SignInCounts(
      pair: try failures("account = \(account) AND network = \(place.key)"),
      account: try failures("account = \(account) AND length(network) = 16 AND last_at >= \(since)"),
      network: try failures("network = \(network) AND last_at >= \(since)"),
      inARow: try failures("account = \(account) AND network = \(Special.inARow)").count,
      house: try failures("account = \(Special.house) AND network = \(Special.house)").last
    )
  }

  /// Wrong passkeys from this network.
  package func passkeyFailures(from network: [UInt8], since: Instant) throws -> SignInFailures {
    try failures("account = \(Special.passkeys) AND network = \(network) AND last_at >= \(since)")
  }

  /// All failures of an account within a time, and on this device.
  package func failures(of account: [UInt8], on device: Identifier?, since: Instant) throws -> Int {
    let elsewhere = try failures("account = \(account) AND length(network) = 16 AND last_at >= \(since)")
      .count
    guard let device else { return elsewhere }
    let here: SQL =
      "account = \(account) AND network = \(SignInPlace.device(device).key) AND last_at >= \(since)"
    return elsewhere + (try failures(here).count)
  }

  private func failures(_ condition: SQL) throws -> SignInFailures {
    var sql: SQL = "SELECT CAST(sum(failures) AS BIGINT), max(last_at) FROM sign_in_failure WHERE "
    sql += condition
    return try first(sql) { row in
      row.optionalInt(0).map { SignInFailures(count: $0, last: row.instant(1)) } ?? .none
    } ?? .none
  }
}

extension Changes {
  /// Counts a try as failed; success takes it back.
  ///
  /// What is counted for an account that is there stays until it succeeds; all else is forgotten after the
  /// throttle's memory, so that made-up accounts leave nothing.
  package func countSignInFailure(account: [UInt8], place: SignInPlace, house: Instant?, at now: Instant)
    throws
  {
    try forgetOldFailures(now)
    try count(account, place.key, at: now)
    try count(account, Special.inARow, at: now)
    if let house { try setHouse(house) }
  }

  package func countPasskeyFailure(network: [UInt8], at now: Instant) throws {
    try forgetOldFailures(now)
    try count(Special.passkeys, network, at: now)
  }

  private func forgetOldFailures(_ now: Instant) throws {
    try write(
      """
      DELETE FROM sign_in_failure WHERE last_at < \(now - SignInThrottle.memory)
      AND (length(network) = 16 OR NOT EXISTS (SELECT 1 FROM staff WHERE staff.email_index = sign_in_failure.account))
      """
    )
  }

  /// After a success: nothing has failed in a row. The house gets back what this try took of its allowance.
  package func forgetSignInFailures(account: [UInt8], place: SignInPlace) throws {
    try write(
      """
      DELETE FROM sign_in_failure WHERE account = \(account) AND network IN (\(place.key), \(Special.inARow))
      """
    )
    if case .network = place { try giveBackHouse() }
  }

  /// A try that was not looked at after all.
  package func takeBackSignInFailure(account: [UInt8], place: SignInPlace) throws {
    for key in [place.key, Special.inARow] { try takeBack(account, key) }
    if case .network = place { try giveBackHouse() }
  }

  package func takeBackPasskeyFailure(network: [UInt8]) throws { try takeBack(Special.passkeys, network) }

  private func count(_ account: [UInt8], _ network: [UInt8], at now: Instant) throws {
    try write(
      """
      INSERT INTO sign_in_failure (account, network, failures, last_at)
      VALUES (\(account), \(network), 1, \(now))
      ON CONFLICT (account, network) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at
      """
    )
  }

  private func takeBack(_ account: [UInt8], _ network: [UInt8]) throws {
    try write(
      "DELETE FROM sign_in_failure WHERE account = \(account) AND network = \(network) AND failures = 1"
    )
    try write(
      """
      UPDATE sign_in_failure SET failures = failures - 1
      WHERE account = \(account) AND network = \(network) AND failures > 1
      """
    )
  }

  private func setHouse(_ full: Instant) throws {
    try write(
      """
      INSERT INTO sign_in_failure (account, network, failures, last_at)
      VALUES (\(Special.house), \(Special.house), 1, \(full))
      ON CONFLICT (account, network) DO UPDATE SET last_at = excluded.last_at
      """
    )
  }

  private func giveBackHouse() throws {
    try write(
      """
      UPDATE sign_in_failure SET last_at = last_at - \(SignInThrottle.houseInterval)
      WHERE account = \(Special.house) AND network = \(Special.house)
      """
    )
  }
}
