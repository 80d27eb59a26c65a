import Foundation
import Primitives
import Storage
import StoragePostgres
import TestKit
import Testing

/// Connections and prepared statements are bounded, and so is waiting for them.
@Suite struct PoolTests {
  @Test(.timeLimit(.minutes(10))) func `no more acts run at once than there are connections`() async throws {
    let example = try await Example(.postgres)
    let (running, most) = (Counter(), Counter())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          try await example.store.change { changes in
            let count = running.add()
            while most.value < count { most.add() }
            try changes.block("tadas", number)
            Thread.sleep(forTimeInterval: 0.005)
            running.take()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect((2...4).contains(most.value), "\(most.value) at once")
    #expect(try await example.count("time_off") == 40)
    let outside = try await Outside(example)
    // The tree has one more, and so has waiting for the disk; those that only migrated may take a moment to go.
    try await outside.until { try await outside.connections() <= 6 }
    try outside.store.close()
  }

  @Test func `who finds no connection free is refused in time`() async throws {
    var limits = PostgresLimits()
    limits.waiting = .milliseconds(300)
    let (example, store) = try await single(limits)
    let gate = try await Gate(store)
    let waited = await ContinuousClock().measure {
      await #expect(throws: StorageFault.away("no connection was free")) {
        try await store.change { try $0.block("tadas", 1) }
      }
    }
    // Before the one that it waits for has gone.
    #expect(waited > .milliseconds(250))
    try await gate.open()
    try await store.change { try $0.block("tadas", 2) }
    #expect(try await example.count("time_off") == 1)
    try store.close()
  }

  @Test func `statements are prepared once, and the longest unused are forgotten`() async throws {
    var limits = PostgresLimits()
    limits.statements = 20
    let (_, store) = try await single(limits)
    func prepared() async throws -> Int {
      try await store.ask {
        try $0.first("SELECT count(*) FROM pg_catalog.pg_prepared_statements") { $0.int(0) }
      } ?? 0
    }
    for _ in 0..<50 { try await store.change { try $0.block("tadas", Int.random(in: 0..<1_000_000)) } }
    #expect(try await prepared() < 10)
    for number in 0..<300 {
      _ = try await store.ask { try $0.first(SQL(unchecked: "SELECT \(number) FROM business")) { $0.int(0) } }
    }
    #expect((10...25).contains(try await prepared()))
    try await store.change { try $0.block("tadas", 1) }
    try store.close()
  }

  @Test func `a statement is planned once for a connection, not for its values`() async throws {
    let (_, store) = try await single(PostgresLimits())
    let tadas = try #require(Slug("tadas"))
    for day in 0..<12 {
      let start = Instant(seconds: Int64(day) * 86_400)
      let span = try #require(Interval(start: start, end: start + .days(1)))
      _ = try await store.ask { try $0.look(staff: [tadas], over: span) }
    }
    // PostgreSQL counts them since version 14.
    let anew = try await store.ask {
      try $0.all(
        "SELECT custom_plans FROM pg_catalog.pg_prepared_statements WHERE statement LIKE 'SELECT 0%'"
      ) { $0.int(0) }
    }
    #expect(anew == [0])
    try store.close()
  }

  @Test(.timeLimit(.minutes(10))) func `connections that nobody needs go, and come again`() async throws {
    var limits = PostgresLimits()
    limits.idle = .milliseconds(150)
    let (example, store) = try await single(limits)
    try await store.change { try $0.block("tadas", 1) }
    try example.store.close()
    let outside = try await Outside(example)
    try await outside.until { try await outside.connections() == 0 }
    try await store.change { try $0.block("tadas", 2) }
    try store.close()
    try outside.store.close()
  }

  @Test func `work that comes just as a connection goes is done all the same`() async throws {
    var limits = PostgresLimits()
    limits.idle = .milliseconds(5)
    let (example, store) = try await single(limits)
    for number in 0..<100 {
      try await store.change { try $0.block("tadas", number) }
      try await Task.sleep(for: .milliseconds(4))
    }
    #expect(try await example.count("time_off") == 100)
    try store.close()
  }

  @Test func `more values than the protocol counts are refused by name`() async throws {
    let example = try await Example(.postgres)
    let many = Array(repeating: Value.integer(1), count: 70_000)
    await #expect(throws: StorageFault.damaged("more than 65535 values")) {
      try await example.store.ask {
        try $0.all("SELECT 1 FROM business WHERE id IN (\(list: many))") { $0.int(0) }
      }
    }
  }

  private func single(_ limits: PostgresLimits) async throws -> (Example, PostgresStore) {
    let example = try await Example(.postgres)
    let store = try await PostgresStore(
      try await Cluster.shared().address(),
      namespace: example.place.namespace,
      schema: .data,
      checkpoint: nil,
      connections: 1,
      limits: limits
    )
    return (example, store)
  }
}
