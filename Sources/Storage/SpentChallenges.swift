package import Primitives

extension Changes {
  /// Takes something as answered that is answered once: a passkey's challenge, a link without a row of its
  /// own. Those whose time is over are forgotten.
  ///
  /// False when it was answered before: of twenty at once, one gets true.
  package func spendChallenge(_ hash: [UInt8], until expiry: Instant, now: Instant) throws -> Bool {
    try write("DELETE FROM spent_challenge WHERE expires_at <= \(now)")
    return try run(
      """
      INSERT INTO spent_challenge (challenge_hash, expires_at) VALUES (\(hash), \(expiry))
      ON CONFLICT (challenge_hash) DO NOTHING
      """
    ) == 1
  }
}

extension Records {
  /// Whether something that is answered once was answered.
  package func isSpent(challenge hash: [UInt8]) throws -> Bool {
    try first("SELECT 1 FROM spent_challenge WHERE challenge_hash = \(hash)") { _ in true } ?? false
  }
}
