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
      this machine cannot rewrite. The mail may be pasted whole, quoted too, or saved as it came (.eml).

      Ends with 0 when the record is whole, with 1 when it is not, and with 2 when it is whole but a file given holds no
      checkpoint that this record's key has signed.
      """
  )

  @Option(help: "The business; all when left out.")
  var business: String?

  @Option(help: "A file with a checkpoint, as it stands at the end of a confirmation mail. May be repeated.")
  var checkpoint: [String] = []

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let stores = try store.stores()
    let businesses =
      if let business { [try await stores.business(named: business)] } else { try await stores.businesses() }
    guard !businesses.isEmpty else { throw Complaint("There is no business in \(stores.place).") }
    let root = try store.root(for: stores)
    let files = try checkpoint.map(WitnessFile.init)
    var allHold = true
    var useful: Set<String> = []
    for business in businesses {
      let (holds, used) = try await verify(business, in: stores, root: root, files: files)
      allHold = allHold && holds
      useful.formUnion(used)
    }
    for file in files where !useful.contains(file.path) {
      Swift.print("\(file.path): holds no checkpoint that this record's key has signed; it proves nothing")
    }
    if !allHold { throw ExitCode(1) }
    if useful.count < Set(files.map(\.path)).count { throw ExitCode(2) }
  }

  private func verify(
    _ business: Slug,
    in stores: any BusinessStores,
    root: RootKey,
    files: [WitnessFile]
  ) async throws -> (holds: Bool, useful: [String]) {
    let keys = try await stores.openKeys(business)
    let ring = try await stores.ring(of: business, in: keys, root: root)
    try keys.close()
    let key = try ring.verificationKey
    let found = files.map { (path: $0.path, witnesses: Witness.find(in: $0.text, key: key)) }
    let notes = found.flatMap(\.witnesses).map(\.note)
    let data = try await stores.openData(business, checkpoint: nil)
    let report = try await data.read { try AuditReport.read($0, key: key, witnesses: notes) }
    try data.close()
    print(report, business, key)
    return (report.holds, found.filter { !$0.witnesses.isEmpty }.map(\.path))
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

/// A file in which somebody brings back what a mail said.
private struct WitnessFile {
  let path: String
  let text: String

  init(_ path: String) throws {
    self.path = path
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Complaint("There is no file \(path) that can be read.")
    }
    text = String(decoding: bytes, as: UTF8.self)
  }
}
