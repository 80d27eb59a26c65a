import Audit
import Storage
import Vault

extension AuditReport {
  /// Reads the whole record of a business and checks it against its head, and against checkpoints that witnesses kept.
  static func read(_ records: any Records, key: VerificationKey, witnesses: [String]) throws -> AuditReport {
    guard let head = try records.auditHead() else { throw StorageFault.damaged("audit_head") }
    var verifier = AuditVerifier(key: key, checkpoints: [head.checkpoint] + witnesses)
    try records.auditEntries(from: 0) { verifier.feed(sequence: $0, entry: $1) }
    return verifier.report(size: head.size, root: Hash32(bytes: head.root), frontier: head.frontier)
  }
}
