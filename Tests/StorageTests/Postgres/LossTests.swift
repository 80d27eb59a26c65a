import Audit
import Primitives
import Storage
import StoragePostgres
import TestKit
import Testing

/// Connections that go, and servers that come back.
@Suite struct LossTests {
  @Test(arguments: [false, true])
  func `an act whose connection goes before COMMIT is run again, whatever its body makes of it`(
    isSwallowed: Bool
  ) async throws {
    let example = try await Example(.postgres)
    let runs = Counter()
    let answer = try await example.store.change { changes in
      try changes.block("tadas", 1)
      let run = runs.add()
      if run == 1, isSwallowed { try? changes.endOwnConnection() }
      if run == 1, !isSwallowed { try changes.endOwnConnection() }
      try changes.write("DELETE FROM session")
      return run
    }
    #expect(answer == 2 && runs.value == 2)
    #expect(try await example.count("time_off") == 1)
    #expect(try await example.audit().entries == 1)
  }

  @Test func `a refusal of an act that was run again is kept once`() async throws {
    struct Refusal: Error {}
    let example = try await Example(.postgres)
    let runs = Counter()
    try await example.store.change { changes in
      do {
        try changes.attempt {
          try changes.block("tadas", 1)
          if runs.add() == 1 { try changes.endOwnConnection() }
          throw Refusal()
        }
      } catch is Refusal {
        try changes.record(entry())
      }
    }
    #expect(try await example.count("time_off") == 0)
    #expect(try await example.audit().entries == 1)
  }

  @Test func `a reading whose connection goes is read again`() async throws {
    let example = try await Example(.postgres)
    let runs = Counter()
    let count = try await example.store.read { records in
      if runs.add() == 1 { try records.endOwnConnection() }
      return try records.first("SELECT count(*) FROM time_off") { $0.int(0) }
    }
    #expect(count == 0 && runs.value == 2)
  }

  @Test func `connections that were ended while they were idle are noticed before anything is asked of them`()
    async throws
  {
    let example = try await Example(.postgres)
    for round in 0..<5 {
      try await example.store.change { try $0.block("tadas", round) }
      let outside = try await Outside(example)
      #expect(try await outside.endOthers() > 0)
      // One flight with its COMMIT: were it sent over the dead connection, nobody could tell what became of it.
      try await example.store.change { try $0.record(entry()) }
      try outside.store.close()
    }
    #expect(try await example.audit().entries == 10)
  }

  @Test func `a connection lost at COMMIT is not taken for either outcome`() async throws {
    let example = try await Example(.postgres)
    let runs = Counter()
    let outside = try await Outside(example)
    try await outside.slowCommits()
    let act = Task {
      try await example.store.change { changes in
        runs.add()
        try changes.block("tadas", 1)
      }
    }
    try await outside.until { try await outside.endSleepers() > 0 }
    await #expect(throws: StorageFault.away("the connection was lost at COMMIT")) { try await act.value }
    #expect(runs.value == 1)
    try outside.store.close()
  }

  @Test func `an act outlasts a crash and restart of the server`() async throws {
    let cluster = try Cluster()
    var limits = PostgresLimits()
    // However long this machine takes to start it.
    limits.persisting = .seconds(120)
    let store = try await cluster.store(limits)
    try await store.change { try $0.block("tadas", 1) }
    try cluster.crash()
    let act = Task { try await store.change { try $0.block("tadas", 2) } }
    try await Task.sleep(for: .milliseconds(300))
    try cluster.start()
    try await act.value
    #expect(try await store.read { try $0.first("SELECT count(*) FROM time_off") { $0.int(0) } } == 2)
    #expect(try await store.auditHead().size == 2)
    try store.close()
    cluster.stop()
  }

  @Test func `when nobody answers, acts are refused in time, soon at once, and work again afterwards`()
    async throws
  {
    let cluster = try Cluster()
    var limits = PostgresLimits()
    limits.persisting = .seconds(10)
    let store = try await cluster.store(limits)
    try await store.change { try $0.block("tadas", 1) }
    try cluster.crash()
    let first = await ContinuousClock().measure {
      await #expect(throws: StorageFault.self) { try await store.change { try $0.block("tadas", 2) } }
    }
    #expect(first > limits.persisting)
    let later = await ContinuousClock().measure {
      await #expect(throws: StorageFault.self) { try await store.change { try $0.block("tadas", 2) } }
    }
    #expect(later < limits.persisting)
    try cluster.start()
    try await store.change { try $0.block("tadas", 2) }
    #expect(try await store.auditHead().size == 2)
    try store.close()
    cluster.stop()
  }
}
