import ArgumentParser
import Audit
import Foundation
import Primitives
import Storage
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
    let stores = try store.stores()
    let businesses =
      if let business { [try await stores.business(named: business)] } else { try await stores.businesses() }
    guard !businesses.isEmpty else { throw Complaint("There is no business in \(stores.place).") }
    let root = try store.root(for: stores)
    let witnesses = try checkpoint.map { try String(contentsOfFile: $0, encoding: .utf8) }
    var allHold = true
    for business in businesses {
      let holds = try await verify(business, in: stores, root: root, witnesses: witnesses)
      allHold = allHold && holds
    }
    if !allHold { throw ExitCode(1) }
  }

  private func verify(
    _ business: Slug,
    in stores: any BusinessStores,
    root: RootKey,
    witnesses: [String]
  ) async throws -> Bool {
    let keys = try await stores.openKeys(business)
    let ring = try await stores.ring(of: business, in: keys, root: root)
    try keys.close()
    let key = try ring.verificationKey
    let data = try await stores.openData(business, checkpoint: nil)
    let report = try await data.read { try AuditReport.read($0, key: key, witnesses: witnesses) }
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
