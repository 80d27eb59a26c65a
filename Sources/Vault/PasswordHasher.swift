import CSodium
import Dispatch
import Synchronization

/// Hashes and checks passwords with Argon2id (RFC 9106): 64 MiB, 3 passes, one lane, as a PHC string.
///
/// Two threads of its own, so that a flood of sign-ins costs at most 128 MiB and never holds up other work.
/// Each waits its turn until its deadline; a full line is refused at once.
package final class PasswordHasher: Sendable {
  /// Passes over the memory.
  package static let passes: UInt64 = 3
  /// Bytes of memory for one hash.
  package static let memory = 64 << 20
  /// The most that may wait in one line; at 0.12 to 0.17 s each, measured, the last waits 4 to 6 s.
  static let longestLine = 32
  /// How long one waits for its turn. A whole line is served well within it: who has waited is not sent away.
  package static let patience: Duration = .seconds(12)

  private let lanes = [DispatchQueue(label: "passwords 1"), DispatchQueue(label: "passwords 2")]
  private let waiting = Mutex([0, 0])

  package init() {}

  /// A new PHC string, `$argon2id$v=19$m=65536,t=3,p=1$…`, with a random salt.
  ///
  /// - Throws: ``VaultFault/busy`` when the deadline passed before its turn, ``VaultFault/noMemory``.
  package func hash(
    _ password: String,
    by deadline: ContinuousClock.Instant = .now + PasswordHasher.patience
  ) async throws(VaultFault) -> String {
    try await inLine(until: deadline) { PasswordHasher.hash(PasswordHasher.bytes(password)) }
  }

  /// Whether the password is the one that was hashed.
  ///
  /// With nil, for an account that does not exist or has no password yet, it does the same work and answers
  /// false, so that time does not tell the two apart.
  ///
  /// - Throws: ``VaultFault/busy`` when the deadline passed before its turn.
  package func verify(
    _ password: String,
    against hash: String?,
    by deadline: ContinuousClock.Instant = .now + PasswordHasher.patience
  ) async throws(VaultFault) -> Bool {
    try await inLine(until: deadline) {
      let matches = PasswordHasher.matches(PasswordHasher.bytes(password), hash ?? PasswordHasher.nobody)
      return .success(matches && hash != nil)
    }
  }

  /// True when the hash was made with other parameters than today's and should be made again at the next
  /// sign-in.
  package static func isOutdated(_ hash: String) -> Bool {
    crypto_pwhash_str_needs_rehash(hash, passes, memory) != 0
  }

  /// The hash of no password, since its last part was drawn at random, with today's parameters.
  static let nobody =
    "$argon2id$v=19$m=65536,t=3,p=1$Y2xvYWtyb29tLW5vYm9keQ$SK5mbxvcPlXK9J4yX8Xq1NMCc1ObDJUdYg3YpLZ0sbI"

  private func inLine<Answer: Sendable>(
    until deadline: ContinuousClock.Instant,
    _ work: @escaping @Sendable () -> Result<Answer, VaultFault>
  ) async throws(VaultFault) -> Answer {
    let chosen = waiting.withLock { waiting -> Int? in
      let lane = waiting[0] <= waiting[1] ? 0 : 1
      guard waiting[lane] < PasswordHasher.longestLine else { return nil }
      waiting[lane] += 1
      return lane
    }
    guard let lane = chosen else { throw .busy }
    let result: Result<Answer, VaultFault> = await withCheckedContinuation { continuation in
      lanes[lane].async { [self] in
        let result = ContinuousClock.now < deadline ? work() : .failure(.busy)
        waiting.withLock { $0[lane] -= 1 }
        continuation.resume(returning: result)
      }
    }
    return try result.get()
  }

  private static func bytes(_ password: String) -> [CChar] {
    Normalised.password(password).utf8.map { CChar(bitPattern: $0) }
  }

  private static func hash(_ password: [CChar]) -> Result<String, VaultFault> {
    precondition(Sodium.ready, "libsodium did not start")
    var text = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
    let status = crypto_pwhash_str_alg(
      &text,
      password,
      UInt64(password.count),
      passes,
      memory,
      crypto_pwhash_alg_argon2id13()
    )
    guard status == 0 else { return .failure(.noMemory) }
    return .success(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func matches(_ password: [CChar], _ hash: String) -> Bool {
    precondition(Sodium.ready, "libsodium did not start")
    guard hash.utf8.count < Int(crypto_pwhash_strbytes()) else { return false }
    // libsodium reads a buffer of its own fixed size, so the string is padded with zeros to it.
    var text = hash.utf8.map { CChar(bitPattern: $0) }
    text.append(contentsOf: [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()) - text.count))
    return crypto_pwhash_str_verify(text, password, UInt64(password.count)) == 0
  }
}
