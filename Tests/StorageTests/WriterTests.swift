import Audit
import Primitives
import Storage
import TestKit
import Testing

/// SQLite: acts that wait are merged into one commit, and yet each stands or falls alone.
@Suite struct WriterTests {
  @Test func `acts that wait share one commit, and their entries stand in order`() async throws {
    let example = try await Example(.sqlite)
    let results = try await merged(example, 40) { try $1.block("tadas", $0) }
    #expect(results.values.filter { isKept($0) }.count == 40)
    #expect(example.commits.value < 5, "40 acts were \(example.commits.value) commits")
    #expect(try await example.count("time_off") == 40)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 40 && report.checkpointsMatched == 1)
  }

  @Test func `when the commit as a whole fails, each act is tried alone`() async throws {
    let example = try await Example(.sqlite)
    try await example.store.change { try $0.record(entry()) }
    // The head refuses to move by more than one entry at once.
    try await example.tamper(
      """
      CREATE TRIGGER one_by_one BEFORE UPDATE ON audit_head WHEN NEW.size > OLD.size + 1
      BEGIN SELECT RAISE(ABORT, 'not so fast'); END
      """
    )
    let results = try await merged(example, 12) { try $1.block("tadas", $0) }
    #expect(results.values.filter { isKept($0) }.count == 12)
    #expect(try await example.count("time_off") == 12)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 13)
  }

  @Test func `of a commit that fails only those are refused that cannot be kept`() async throws {
    let example = try await Example(.sqlite)
    try await example.store.change { try $0.record(entry()) }
    try await example.tamper(
      """
      CREATE TRIGGER barred BEFORE UPDATE ON audit_head WHEN EXISTS (SELECT 1 FROM time_off WHERE staff = 'barred')
      BEGIN SELECT RAISE(ABORT, 'barred'); END
      """
    )
    let results = try await merged(example, 12) { try $1.block($0 % 4 == 1 ? "barred" : "tadas", $0) }
    #expect(Set(results.keys.filter { !isKept(results[$0]) }) == [1, 5, 9])
    #expect(throws: StorageFault.self) { try results[5]?.get() }
    #expect(try await example.count("time_off") == 9)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 10)
  }

  @Test func `a constraint that only COMMIT checks refuses its act alone`() async throws {
    let example = try await Example(.sqlite)
    let results = try await merged(example, 8) { number, changes in
      if number == 3 {
        try changes.run("PRAGMA defer_foreign_keys = ON")
        try changes.run(
          """
          INSERT INTO outbox (id, kind, booking, sequence, due_at)
          VALUES (\(Identifier(high: 1, low: 1)), 'reminder', \(Identifier(high: 9, low: 9)), 0, 0)
          """
        )
      }
      try changes.block("tadas", number)
    }
    #expect(Set(results.keys.filter { !isKept(results[$0]) }) == [3])
    #expect(try await example.count("time_off") == 7)
    #expect(try await example.count("outbox") == 0)
    #expect(try await example.audit().holds)
  }

  @Test func `a damaged head refuses every act before it runs`() async throws {
    let example = try await Example(.sqlite)
    try await example.store.change { try $0.block("tadas", 1) }
    let outside = try await example.place.open(.data)
    try await outside.change { _ = try $0.run("UPDATE audit_head SET frontier = x'00'") }
    let ran = Counter()
    for number in 10..<15 {
      await #expect(throws: StorageFault.damaged("audit_head.frontier")) {
        try await example.store.change { changes in
          ran.add()
          try changes.block("tadas", number)
        }
      }
    }
    #expect(ran.value == 0)
    #expect(try await example.count("time_off") == 1)
    try outside.close()
  }
}
