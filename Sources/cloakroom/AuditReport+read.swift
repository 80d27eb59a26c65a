import Audit
import Storage
import Vault

extension AuditReport {
  /// Reads the whole record of a business and checks it against its head, and against checkpoints that witnesses kept.
  static func read(_ records: any Records, key: VerificationKey, witnesses: [String]) throws -> AuditReport {
    // A head that is gone is a finding like any other: it says that there are no entries.
    let head = try records.auditHead()
    var verifier = AuditVerifier(key: key, checkpoints: [head?.checkpoint ?? ""] + witnesses)
    try records.auditEntries(from: 0) { verifier.feed(sequence: $0, entry: $1) }
    return verifier.report(
      size: head?.size ?? 0,
      root: head.flatMap { Hash32(bytes: $0.root) },
      frontier: head?.frontier ?? []
    )
  }
}
