import Primitives
import Storage
import TestKit
import Testing

/// A bound value arrives as it is, whatever it looks like.
@Suite struct ValueTests {
  @Test(
    arguments: Engine.allCases,
    [
      "", " ", "'; DROP TABLE booking; --", "\"", "\\", "\\x00", "$1", "?", "NULL", "%s", "\u{FEFF}a\u{301}",
      "🧥", "\u{1}",
      "\r\n", String(repeating: "ž", count: 100_000),
    ]
  )
  func `texts stay texts`(engine: Engine, text: String) async throws {
    let example = try await Example(engine)
    try await example.tamper("INSERT INTO business (id, version, document) VALUES (1, 1, \(text))")
    let found = try await example.store.read { try $0.first("SELECT document FROM business") { $0.text(0) } }
    #expect(found.map { Array($0.utf8) } == Array(text.utf8))
    #expect(
      try await example.store.read {
        try $0.first("SELECT version FROM business WHERE document = \(text)") { $0.int(0) }
      } == 1
    )
  }

  @Test(arguments: Engine.allCases)
  func `bytes stay bytes`(engine: Engine) async throws {
    let example = try await Example(engine)
    let blobs: [[UInt8]] = [
      [], [0], Array(0...255), Array(repeating: 0, count: 1 << 20), Array("\\x41".utf8),
    ]
    for (number, blob) in blobs.enumerated() {
      try await example.tamper("INSERT INTO audit_entry (seq, entry) VALUES (\(number), \(blob))")
    }
    let found = try await example.store.read { records in
      try records.all("SELECT entry FROM audit_entry ORDER BY seq") { $0.bytes(0) }
    }
    #expect(found == blobs)
  }

  @Test(arguments: Engine.allCases)
  func `whole numbers stay themselves to the last bit`(engine: Engine) async throws {
    let example = try await Example(engine)
    for number in [Int.min, Int.min + 1, -1, 0, 1, 9, 10, 1 << 31, 1 << 32, .max - 1, .max] {
      try await example.tamper("DELETE FROM business")
      try await example.tamper("INSERT INTO business (id, version, document) VALUES (1, \(number), '')")
      #expect(try await example.store.read { try $0.businessVersion() } == number)
    }
  }

  @Test(arguments: Engine.allCases)
  func `nothing stays nothing`(engine: Engine) async throws {
    let house = try await EmptyHouse(engine)
    let found = try await house.example.store.read { records in
      try records.first("SELECT email, confirmed_at FROM contact") {
        ($0.optionalBytes(0) == nil, $0.optionalInt(1))
      }
    }
    #expect(found?.0 == true && found?.1 == nil)
  }

  @Test func `a text with a NUL, which PostgreSQL cannot hold, is refused by name and undoes its act`()
    async throws
  {
    let example = try await Example(.postgres)
    await #expect(throws: StorageFault.damaged("a text with a NUL in it")) {
      try await example.store.change { changes in
        try changes.block("tadas", 1)
        try changes.write("INSERT INTO business (id, version, document) VALUES (1, 1, \("a\u{0}b"))")
      }
    }
    #expect(try await example.count("time_off") == 0)
    try await example.store.change { try $0.block("tadas", 2) }
  }
}
