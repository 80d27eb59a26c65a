import ArgumentParser
import Audit
import Foundation
import Primitives
import Storage
import StorageSQLite
import Vault

struct VerifyAudit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks that nobody has rewritten who did and saw what, and says what was checked.",
    discussion: """
      Every entry is read and its place in the tree is computed anew (RFC 6962); head, root and signed checkpoint must
      agree. With --checkpoint a copy from a confirmation mail is checked as well: it is the witness that whoever owns
      this machine cannot rewrite.
      """
  )

  @Option(help: "The business; all when left out.")
  var business: String?

  @Option(help: "A file with a checkpoint, as printed at the end of a confirmation mail. May be repeated.")
  var checkpoint: [String] = []

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let businesses = try business.map { [try store.folder.business(named: $0)] } ?? store.folder.businesses()
    guard !businesses.isEmpty else { throw Complaint("There is no business in \(store.data).") }
    let root = try store.root()
    let witnesses = try checkpoint.map { try String(contentsOfFile: $0, encoding: .utf8) }
    var allHold = true
    for business in businesses {
      let holds = try await verify(business, root: root, witnesses: witnesses)
      allHold = allHold && holds
    }
    if !allHold { throw ExitCode(1) }
  }

  private func verify(_ business: Slug, root: RootKey, witnesses: [String]) async throws -> Bool {
    let folder = store.folder.folder(of: business)
    let keys = try SQLiteStore(path: folder + "/keys.db", schema: .keys, checkpoint: nil)
    guard let wrapped = try await keys.read({ try $0.businessKey() }) else {
      throw Complaint("The key of '\(business)' is missing.")
    }
    try keys.close()
    let ring = try KeyRing(business: business, wrapped: wrapped, root: root)
    guard let key = ring.checkpointSigner.verificationKey(name: DataFolder.origin(of: business)) else {
      throw Complaint("'\(business)' cannot name a checkpoint.")
    }
    let data = try SQLiteStore(path: folder + "/data.db", schema: .data, checkpoint: nil)
    let report = try await data.read { records -> AuditReport in
      guard let head = try records.auditHead() else { throw StorageFault.damaged("audit_head") }
      var verifier = AuditVerifier(key: key, checkpoints: [head.checkpoint] + witnesses)
      try records.auditEntries(from: 0) { verifier.feed(sequence: $0, entry: $1) }
      return verifier.report(size: head.size, root: Hash32(bytes: head.root), frontier: head.frontier)
    }
    try data.close()
    print(report, business, key)
    return report.holds
  }

  private func print(_ report: AuditReport, _ business: Slug, _ key: VerificationKey) {
    Swift.print("\(business): \(report.holds ? "the record is whole" : "THE RECORD IS NOT WHOLE")")
    Swift.print("  entries read and hashed:  \(report.entries)")
    if let first = report.first, let last = report.last { Swift.print("  from \(first) to \(last)") }
    Swift.print("  root:                     \(Base64.encode(report.root.bytes))")
    Swift.print("  signed checkpoints met:   \(report.checkpointsMatched)")
    Swift.print("  verification key:         \(key)")
    for finding in report.findings { Swift.print("  FOUND: \(finding)") }
    for note in report.notes { Swift.print("  note: \(note)") }
  }
}
