package import People
package import Primitives

extension Records {
  /// Failed sign-ins by account and network together, of the whole account, of the whole network.
  package func signInFailures(
    account: [UInt8],
    network: [UInt8],
    since: Instant
  ) throws -> (pair: SignInFailures, account: SignInFailures, network: SignInFailures) {
    func sum(_ sql: SQL) throws -> SignInFailures {
      try first(sql) { row in
        row.optionalInt(0).map { SignInFailures(count: $0, last: row.instant(1)) } ?? .none
      } ?? .none
    }
    return (
      try sum(
        """
        SELECT CAST(sum(failures) AS BIGINT), max(last_at) FROM sign_in_failure
        WHERE account = \(account) AND network = \(network) AND last_at >= \(since)
        """
      ),
      try sum(
        """
        SELECT CAST(sum(failures) AS BIGINT), max(last_at) FROM sign_in_failure
        WHERE account = \(account) AND last_at >= \(since)
        """
      ),
      try sum(
        """
        SELECT CAST(sum(failures) AS BIGINT), max(last_at) FROM sign_in_failure
        WHERE network = \(network) AND last_at >= \(since)
        """
      )
    )
  }
}

extension Changes {
  package func countSignInFailure(account: [UInt8], network: [UInt8], at now: Instant) throws {
    try write("DELETE FROM sign_in_failure WHERE last_at < \(now - SignInThrottle.memory)")
    try write(
      """
      INSERT INTO sign_in_failure (account, network, failures, last_at)
      VALUES (\(account), \(network), 1, \(now))
      ON CONFLICT (account, network) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at
      """
    )
  }

  package func forgetSignInFailures(account: [UInt8], network: [UInt8]) throws {
    try write("DELETE FROM sign_in_failure WHERE account = \(account) AND network = \(network)")
  }
}
