import Foundation
import Testing
import Vault

@testable import Audit

/// A Python program written from the RFCs and the C2SP pages verifies the tiles we write.
@Suite(.serialized)
struct ForeignTileTests {
  @Test(arguments: [0, 1, 70, 255, 256, 257, 600])
  func `a foreign program finds that honest tiles hold, with every checkpoint ever given out`(_ count: Int)
    throws
  {
    let log = try Log(count)
    let witnesses = [0, count / 3, count / 2, count]
    let answer = try Export(log, log.entries).verified(witnesses.map { try log.note($0) })
    #expect(answer.status == 0, "\(answer.text)")
    #expect(answer.text == "\(count) entries, 5 checkpoints, 0 problems\n")
  }

  @Test func `100,000 honest entries give no false alarm`() throws {
    let log = try Log(100_000)
    var frontier = MerkleFrontier()
    var witnesses: [String] = []
    for (number, entry) in log.entries.enumerated() {
      frontier.append(entry: entry)
      guard number % 9_973 == 0 || number == 99_999 else { continue }
      witnesses.append(
        try Checkpoint(origin: log.origin, size: frontier.size, root: frontier.root).signed(by: log.signer)
      )
    }
    let answer = try Export(log, log.entries, note: witnesses.last).verified(witnesses)
    #expect(answer.status == 0, "\(answer.text)")
    #expect(answer.text == "100000 entries, \(witnesses.count + 1) checkpoints, 0 problems\n")
  }

  @Test func `earlier, shorter tiles beside the newer ones hold too`() throws {
    let log = try Log(600)
    let export = try Export(log, log.entries)
    for size in [3, 200, 256, 300, 599] { try export.write(cut(Array(log.entries.prefix(size)))) }
    #expect(try export.verified([]).status == 0)
    try export.write(cut(log.entries.prefix(3).reversed()))
    #expect(try export.verified([]).status == 1)
  }

  @Test func `a foreign program finds entries that are not those that were signed for`() throws {
    let log = try Log(300)
    var edited = log.entries
    edited[4] = Log.entry(1_000)
    let wrong = [edited, log.entries.dropLast(), Array(log.entries.dropFirst()), log.entries.reversed()]
    for entries in wrong { #expect(try Export(log, entries).verified([]).status == 1) }
    var rewritten = log
    rewritten.entries = edited
    let forged = try Export(rewritten, edited)
    #expect(try forged.verified([]).status == 0, "without a witness it cannot be seen")
    #expect(try forged.verified([log.note(4)]).status == 0, "this witness saw nothing of it")
    #expect(try forged.verified([log.note(5)]).status == 1)
    let short = try Log(200)
    let rolledBack = try Export(short, short.entries)
    #expect(try rolledBack.verified([log.note(200)]).status == 0)
    #expect(try rolledBack.verified([log.note(201)]).status == 1)
  }
}

/// A folder of tiles, for as long as a test holds it.
private final class Export {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  let log: Log

  init(_ log: Log, _ entries: [[UInt8]], note: String? = nil) throws {
    self.log = log
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(try cut(entries))
    let checkpoint = try note ?? log.note()
    try Data(checkpoint.utf8).write(to: folder.appending(path: "checkpoint"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ tiles: [Tile]) throws {
    for tile in tiles {
      let file = folder.appending(path: tile.name.path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(tile.bytes).write(to: file)
    }
  }

  func verified(_ witnesses: [String]) throws -> (status: Int32, text: String) {
    var arguments = [foreign("verify_tiles.py"), folder.path(), log.key.description]
    for (number, note) in witnesses.enumerated() {
      let file = folder.path() + "-note-\(number)"
      try Data(note.utf8).write(to: URL(filePath: file))
      arguments.append(file)
    }
    defer { for file in arguments.dropFirst(3) { try? FileManager.default.removeItem(atPath: file) } }
    return try python(arguments)
  }
}
