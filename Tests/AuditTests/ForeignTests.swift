import Foundation
import Testing
import Vault

@testable import Audit

/// A Python program written from `docs/formats/audit-entry.md` verifies what we write.
@Suite(.serialized)
struct ForeignTests {
  @Test(arguments: [0, 1, 70])
  func `a foreign program finds that an honest log holds`(_ count: Int) throws {
    let log = try Log(count)
    let answer = try verify(log, entries: log.entries, kept: [log.note(count / 2)])
    #expect(answer.status == 0, "\(answer.text)")
    #expect(answer.text.contains("\(count) entries, 2 checkpoints, 0 problems"))
  }

  @Test func `a foreign program finds what was tampered with`() throws {
    let log = try Log(20)
    var edited = log.entries
    edited[4] = Log.entry(1_000)
    for entries in [
      edited, Array(log.entries.dropLast()), Array(log.entries.dropFirst()), log.entries.reversed(),
    ] {
      #expect(try verify(log, entries: entries, kept: []).status == 1)
    }
    var rewritten = log
    rewritten.entries[4] = Log.entry(1_000)
    #expect(try verify(rewritten, entries: rewritten.entries, kept: []).status == 0)
    #expect(try verify(rewritten, entries: rewritten.entries, kept: [log.note(10)]).status == 1)
  }

  /// Writes a database as the format page has it, by Python's own SQLite, and runs the verifier over it.
  private func verify(
    _ log: Log,
    entries: [[UInt8]],
    kept: [String]
  ) throws -> (status: Int32, text: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = folder.appending(path: "data.db")
    let contents = Contents(
      entries: entries.map { Data($0) },
      size: log.entries.count,
      root: Data(log.frontier.root.bytes),
      frontier: Data(log.frontier.bytes),
      checkpoint: try log.note()
    )
    let json = folder.appending(path: "contents.json")
    try JSONEncoder().encode(contents).write(to: json)
    #expect(try python(["-c", Contents.script, database.path(), json.path()]).status == 0)
    var files: [String] = []
    for (number, note) in kept.enumerated() {
      let file = folder.appending(path: "note-\(number)")
      try note.write(to: file, atomically: true, encoding: .utf8)
      files.append(file.path())
    }
    return try python([foreign("verify_audit.py"), database.path(), log.key.description] + files)
  }

  private struct Contents: Encodable {
    let entries: [Data]
    let size: Int
    let root: Data
    let frontier: Data
    let checkpoint: String

    static let script = """
      import base64, json, sqlite3, sys
      c = json.load(open(sys.argv[2], encoding="utf-8"))
      d = sqlite3.connect(sys.argv[1])
      d.execute("CREATE TABLE audit_entry (seq INTEGER PRIMARY KEY, entry BLOB)")
      d.execute("CREATE TABLE audit_head (id INTEGER PRIMARY KEY, size INTEGER, root BLOB, frontier BLOB, checkpoint TEXT)")
      d.executemany("INSERT INTO audit_entry VALUES (?, ?)", enumerate(map(base64.b64decode, c["entries"])))
      d.execute("INSERT INTO audit_head VALUES (1, ?, ?, ?, ?)",
                (c["size"], base64.b64decode(c["root"]), base64.b64decode(c["frontier"]), c["checkpoint"]))
      d.commit()
      """
  }
}
