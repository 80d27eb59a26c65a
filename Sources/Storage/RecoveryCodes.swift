package import Primitives

extension Records {
  /// How many codes somebody has left.
  package func recoveryCodesLeft(of staff: Slug) throws -> Int {
    try first("SELECT count(*) FROM recovery_code WHERE staff = \(staff) AND spent_at IS NULL") { $0.int(0) }
      ?? 0
  }
}

extension Changes {
  /// Gives somebody new codes in place of all earlier ones; only their keyed hashes are stored.
  package func replaceRecoveryCodes(of staff: Slug, by hashes: [[UInt8]], at now: Instant) throws {
    try removeRecoveryCodes(of: staff)
    for hash in hashes {
      try write("INSERT INTO recovery_code (code_hash, staff, made_at) VALUES (\(hash), \(staff), \(now))")
    }
  }

  /// False when it is not this person's or was spent before.
  package func spendRecoveryCode(_ hash: [UInt8], of staff: Slug, at now: Instant) throws -> Bool {
    try run(
      "UPDATE recovery_code SET spent_at = \(now) WHERE code_hash = \(hash) AND staff = \(staff) AND spent_at IS NULL"
    ) == 1
  }

  package func removeRecoveryCodes(of staff: Slug) throws {
    try write("DELETE FROM recovery_code WHERE staff = \(staff)")
  }
}
