import ArgumentParser
import Audit
import Foundation
import Primitives
import Storage
import Vault

struct ExportAudit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the audit record as a folder that other programs can check.",
    discussion: """
      The folder is a tiled log (C2SP tlog-tiles): the entries, the hashes over them and the signed checkpoint. It holds
      no personal data and needs no key to be read. A folder that holds an earlier export of the same record is brought
      up to date; a record that does not continue it is refused, and nothing that was exported is ever overwritten.
      """
  )

  @Option(name: .customLong("to"), help: "The folder to write: new, empty, or an earlier export.")
  var target: String

  @Option(help: "The business; may be left out when there is one.")
  var business: String?

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let stores = try store.stores()
    let slug = try await stores.business(named: business)
    let keys = try await stores.openKeys(slug)
    let ring = try await stores.ring(of: slug, in: keys, root: try store.root(for: stores))
    try keys.close()
    let key = try ring.verificationKey
    let data = try await stores.openData(slug, checkpoint: nil)
    let target = try TileFolder(target)
    let earlier = try target.checkpoint(signedBy: key)
    let report = try await data.read { records in
      let report = try ExportAudit.verify(records, key: key, earlier: earlier)
      // An earlier export is evidence: nothing is added to it that does not continue it.
      if report.holds || earlier == nil { try ExportAudit.write(records, to: target) }
      return report
    }
    try data.close()
    print(report, slug, key, wasWritten: report.holds || earlier == nil)
    if !report.holds { throw ExitCode(1) }
  }

  private static func verify(_ records: any Records, key: VerificationKey, earlier: String?) throws
    -> AuditReport
  {
    try AuditReport.read(records, key: key, witnesses: earlier.map { [$0] } ?? [])
  }

  /// May be run again after it was interrupted anywhere.
  private static func write(_ records: any Records, to folder: TileFolder) throws {
    guard let head = try records.auditHead() else { throw StorageFault.damaged("audit_head") }
    var cutter = TileCutter()
    try records.auditEntries(from: 0) { _, entry in
      do {
        for tile in try cutter.append(entry: entry) { try folder.put(tile) }
      } catch let TileFault.entryTooLong(sequence) {
        throw Complaint("Entry \(sequence) is longer than the format can hold (65,535 bytes).")
      }
    }
    for tile in cutter.partialTiles { try folder.put(tile) }
    try folder.put(checkpoint: head.checkpoint)
  }

  private func print(_ report: AuditReport, _ business: Slug, _ key: VerificationKey, wasWritten: Bool) {
    Swift.print("\(business): \(wasWritten ? "exported to" : "NOT EXPORTED to") \(target)")
    Swift.print("  entries:           \(report.entries)")
    Swift.print("  root:              \(Base64.encode(report.root.bytes))")
    Swift.print("  verification key:  \(key)")
    guard !report.holds else { return }
    Swift.print(
      wasWritten
        ? "  THE RECORD IS NOT WHOLE; it was exported as it stands, for others to judge."
        : "  THE RECORD IS NOT WHOLE, or does not continue the earlier export, which was left as it is."
    )
    for finding in report.findings { Swift.print("  FOUND: \(finding)") }
  }
}

/// A tiled log in a folder: `checkpoint` and `tile/…`, and nothing else.
///
/// A tile that is there stays as it is. Whatever is written comes under another name first, so that a file is there whole
/// or not at all; the checkpoint comes last, so that all it covers is there when it is.
private struct TileFolder {
  private let path: String
  private var unfinished: String { path + "/.unfinished" }

  /// - Throws: a ``Complaint`` when there is something else in it, or it cannot be made.
  init(_ path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let found = try FileManager.default.contentsOfDirectory(atPath: path)
    guard Set(found).isSubset(of: ["checkpoint", "tile", ".unfinished"]) else {
      throw Complaint("\(path) holds other things than an earlier export. Name a new or an empty folder.")
    }
  }

  /// The signed checkpoint of the earlier export; nil when there is none yet.
  ///
  /// - Throws: a ``Complaint`` when it is not one of this log.
  func checkpoint(signedBy key: VerificationKey) throws -> String? {
    guard let bytes = FileManager.default.contents(atPath: path + "/checkpoint") else { return nil }
    guard let note = String(validating: bytes, as: UTF8.self), let signed = SignedCheckpoint(note),
      signed.isSigned(by: key)
    else {
      throw Complaint("\(path)/checkpoint is not one that this business signed. Name another folder.")
    }
    return note
  }

  /// - Throws: a ``Complaint`` when another tile is there under this name.
  func put(_ tile: Tile) throws {
    let file = path + "/" + tile.name.path
    if let there = FileManager.default.contents(atPath: file) {
      guard there.elementsEqual(tile.bytes) else {
        throw Complaint(
          "\(file) is not what this record gives: it was changed, or is of another record. It was left as it is."
        )
      }
      return
    }
    try write(tile.bytes, to: file)
  }

  func put(checkpoint: String) throws { try write(Array(checkpoint.utf8), to: path + "/checkpoint") }

  private func write(_ bytes: [UInt8], to file: String) throws {
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: unfinished))
    guard rename(unfinished, file) == 0 else {
      throw Complaint("\(file) cannot be written: \(String(cString: strerror(errno))).")
    }
  }
}
