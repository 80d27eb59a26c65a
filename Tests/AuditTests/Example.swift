import Primitives
import Testing
import Vault

@testable import Audit

let noon = Instant(seconds: 1_795_348_800)

/// A log with its signing key and as many entries as a test asks for.
struct Log {
  let origin = "cloakroom/spare-hands"
  let signer: CheckpointSigner
  let key: VerificationKey
  var entries: [[UInt8]] = []

  init(_ count: Int) throws {
    signer = try CheckpointSigner(seed: [UInt8](repeating: 7, count: 32))
    key = try #require(signer.verificationKey(name: origin))
    for number in 0..<count { entries.append(Log.entry(number)) }
  }

  static func entry(_ number: Int) -> [UInt8] {
    AuditEntry(
      act: "booking.made",
      actor: .server,
      at: noon + number,
      outcome: .done,
      purpose: .upkeep,
      records: ["booking/\(number)"]
    ).canonicalBytes
  }

  var frontier: MerkleFrontier {
    var frontier = MerkleFrontier()
    for entry in entries { frontier.append(entry: entry) }
    return frontier
  }

  func note(_ size: Int? = nil) throws -> String {
    var frontier = MerkleFrontier()
    for entry in entries.prefix(size ?? entries.count) { frontier.append(entry: entry) }
    return try Checkpoint(origin: origin, size: frontier.size, root: frontier.root).signed(by: signer)
  }

  /// Verifies the entries as given against the head and notes of the untouched log.
  func report(on entries: [(Int, [UInt8])], notes: [String]) -> AuditReport {
    var verifier = AuditVerifier(key: key, checkpoints: notes)
    for (sequence, entry) in entries { verifier.feed(sequence: sequence, entry: entry) }
    return verifier.report(size: self.entries.count, root: frontier.root, frontier: frontier.bytes)
  }
}

func bytes(_ hex: String) -> [UInt8] {
  let digits = Array(hex)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(digits[$0...$0 + 1]), radix: 16)
  }
}
