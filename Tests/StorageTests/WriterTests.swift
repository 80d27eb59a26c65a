import Audit
import Foundation
import Primitives
import Storage
import StorageSQLite
import Testing

/// Acts that wait are merged into one commit, and yet each stands or falls alone.
@Suite struct WriterTests {
  private struct OwnFault: Error {}

  /// Lets `acts` wait behind a held writer, opens it, and gives each one's result by its number.
  private func merged(
    _ example: Example,
    _ count: Int,
    _ act: @escaping @Sendable (Int, any Changes) throws -> Void
  ) async throws -> [Int: Result<Void, any Error>] {
    let gate = try await Gate(example.store)
    let asked = Counter()
    let results = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
      for number in 0..<count {
        group.addTask {
          do {
            asked.add()
            try await example.store.change { try act(number, $0) }
            return (number, .success(()))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      group.addTask {
        try? await asked.reaches(count)
        // The last of them is about to stand in the queue.
        try? await Task.sleep(for: .milliseconds(50))
        try? await gate.open()
        return (-1, .success(()))
      }
      var results: [Int: Result<Void, any Error>] = [:]
      for await (number, result) in group where number >= 0 { results[number] = result }
      return results
    }
    return results
  }

  private func isKept(_ result: Result<Void, any Error>?) -> Bool {
    if case .success = result { true } else { false }
  }

  @Test func `acts that wait share one commit, and their entries stand in order`() async throws {
    let example = try Example()
    let results = try await merged(example, 40) { try $1.block("tadas", $0) }
    #expect(results.values.filter { isKept($0) }.count == 40)
    #expect(example.commits.value < 5, "40 acts were \(example.commits.value) commits")
    #expect(try await example.count("time_off") == 40)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 40 && report.checkpointsMatched == 1)
  }

  @Test func `an act that faults undoes only itself`() async throws {
    let example = try Example()
    let results = try await merged(example, 20) { number, changes in
      try changes.block("tadas", number)
      if number % 5 == 3 { throw OwnFault() }
    }
    #expect(Set(results.keys.filter { !isKept(results[$0]) }) == [3, 8, 13, 18])
    #expect(throws: OwnFault.self) { try results[3]?.get() }
    #expect(try await example.count("time_off") == 16)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 16)
  }

  @Test func `a statement the schema refuses undoes only its act`() async throws {
    let example = try Example()
    let results = try await merged(example, 10) { number, changes in
      try changes.block("tadas", number == 7 ? 1_000 : number)
      if number == 7 { try changes.block("tadas", 1_000) }
    }
    #expect(throws: StorageFault.constraint("time_off.id")) { try results[7]?.get() }
    #expect(try await example.count("time_off") == 9)
    #expect(try await example.audit().entries == 9)
  }

  @Test func `when the commit as a whole fails, each act is tried alone`() async throws {
    let example = try Example()
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
    let example = try Example()
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
    let example = try Example()
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
    let example = try Example()
    try await example.store.change { try $0.block("tadas", 1) }
    let outside = try SQLiteStore(path: example.path, schema: .data, checkpoint: nil)
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

  @Test func `a refusal's writes are undone and its entry is kept`() async throws {
    let example = try Example()
    let answer = try await example.store.change { changes in
      do {
        try changes.attempt {
          try changes.block("tadas", 1)
          throw OwnFault()
        }
        return "granted"
      } catch is OwnFault {
        try changes.record(entry("booking.made"))
        return "refused"
      }
    }
    #expect(answer == "refused")
    #expect(try await example.count("time_off") == 0)
    let report = try await example.audit()
    #expect(report.holds && report.entries == 1)
  }

  @Test func `a caller who is cancelled interrupts nothing`() async throws {
    let example = try Example()
    let gate = try await Gate(example.store)
    let asked = Counter()
    let tasks = (0..<10).map { number in
      Task {
        asked.add()
        try await example.store.change { try $0.block("tadas", number) }
      }
    }
    try await asked.reaches(10)
    for task in tasks { task.cancel() }
    try await gate.open()
    for task in tasks { try await task.value }
    #expect(try await example.count("time_off") == 10)
    #expect(try await example.audit().holds)
    // A task that is cancelled already may still read and write.
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      try await example.store.change { try $0.block("tadas", 11) }
      return try await example.count("time_off")
    }
    late.cancel()
    #expect(try await late.value == 11)
  }

  @Test func `a closed store refuses, and what waited before is kept`() async throws {
    let example = try Example()
    let gate = try await Gate(example.store)
    let asked = Counter()
    let waiting = Task {
      asked.add()
      try await example.store.change { try $0.block("tadas", 1) }
    }
    try await asked.reaches(1)
    try await Task.sleep(for: .milliseconds(50))
    try await gate.open()
    try example.store.close()
    try await waiting.value
    await #expect(throws: StorageFault.away("closed")) {
      try await example.store.change { try $0.block("tadas", 2) }
    }
    let again = try example.another()
    #expect(try await again.read { try $0.first("SELECT count(*) FROM time_off") { $0.int(0) } } == 1)
    try again.close()
  }
}
