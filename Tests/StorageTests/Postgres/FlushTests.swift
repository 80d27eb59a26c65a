import Foundation
import Storage
import StoragePostgres
import TestKit
import Testing

private let flushes = SQLText(
  "FROM pg_catalog.pg_stat_activity WHERE query LIKE '%pg_logical_emit_message%' AND pid <> pg_backend_pid()"
)

/// Acts that leave the waiting for the disk to somebody else, and what they may tell before that.
@Suite(.serialized) struct FlushTests {
  @Test func `many acts at once wait for the disk together`() async throws {
    let cluster = try Cluster()
    var limits = PostgresLimits()
    limits.gathering = .milliseconds(50)
    let store = try await cluster.store(limits)
    // The first of them still wait themselves: nobody stands ready before acts have to queue.
    await write(store, 0..<100, atOnce: 100)
    let before = try await syncs(store)
    let written = await write(store, 100..<500, atOnce: 100)
    // What a process counts is told to the others within a second, once it does something again.
    try await Task.sleep(for: .seconds(1.1))
    await write(store, 500..<600, atOnce: 100)
    let after = try await syncs(store)
    #expect(written.count == 400)
    #expect(after - before < 200, "\(after - before) waits for 500 acts")
    #expect(try await store.auditHead().size == 600)
    try store.close()
    cluster.stop()
  }

  @Test func `who was answered finds it again after a crash, however many came at once`() async throws {
    let cluster = try Cluster()
    var limits = PostgresLimits()
    limits.persisting = .seconds(1)
    // So that many are committed and not on the disk yet when the server crashes.
    limits.gathering = .milliseconds(20)
    var answered: Set<Int> = []
    for round in 0..<5 {
      let store = try await cluster.store(limits)
      let numbers = (round * 100_000)..<(round * 100_000 + 50_000)
      let told = Counter()
      let writing = Task { await write(store, numbers, atOnce: 64, told: told) }
      while told.value < 200 { try await Task.sleep(for: .milliseconds(2)) }
      try cluster.crash()
      let written = await writing.value
      answered.formUnion(written)
      try? store.close()
      try cluster.start()
      let again = try await cluster.store(limits)
      let kept = Set(try await again.read { try $0.all("SELECT start FROM time_off") { $0.int(0) } })
      #expect(answered.subtracting(kept) == [], "round \(round)")
      #expect(try await again.auditHead().size == kept.count)
      answered.formUnion(kept)
      try again.close()
    }
    cluster.stop()
  }

  @Test func `when the connection that waits breaks, the acts it waits for are told that nobody knows`()
    async throws
  {
    let cluster = try Cluster()
    var limits = PostgresLimits()
    limits.gathering = .seconds(2)
    let store = try await cluster.store(limits)
    await write(store, 0..<200, atOnce: 100)
    let outside = try await PostgresStore(
      try cluster.address(),
      namespace: "business_alone",
      schema: .data,
      checkpoint: nil,
      connections: 1
    )
    let acts = Task { await write(store, 1_000..<1_200, atOnce: 100, givesUp: false) }
    while try await outside.read({ try $0.first("SELECT count(*) FROM time_off") { $0.int(0) } }) == 200 {
      try await Task.sleep(for: .milliseconds(5))
    }
    let ended = try await outside.ask {
      try $0.first("SELECT count(pg_terminate_backend(pid)) \(flushes)") { $0.int(0) }
    }
    #expect(ended == 1)
    let written = await acts.value
    #expect(written.count < 200)
    // They were committed all the same, and whoever asks again sees it.
    #expect(try await outside.read { try $0.first("SELECT count(*) FROM time_off") { $0.int(0) } } == 400)
    #expect(await write(store, 2_000..<2_200, atOnce: 100).count == 200)
    try store.close()
    try outside.close()
    cluster.stop()
  }

  @Test func `an act alone waits for the disk itself, and nobody is kept ready for it`() async throws {
    let example = try await Example(.postgres)
    for number in 0..<20 { try await example.store.change { try $0.block("tadas", number) } }
    let outside = try await Outside(example)
    #expect(try await outside.flushes() == 0)
    try outside.store.close()
  }

  /// Adds time off beginning at each of these seconds; those that were answered. Each of so many writers stops at its first
  /// refusal, or goes on.
  @discardableResult
  private func write(
    _ store: PostgresStore,
    _ numbers: Range<Int>,
    atOnce: Int,
    givesUp: Bool = true,
    told: Counter = Counter()
  ) async -> [Int] {
    await withTaskGroup(of: [Int].self) { group in
      for writer in 0..<atOnce {
        group.addTask {
          var answered: [Int] = []
          for number in stride(from: numbers.lowerBound + writer, to: numbers.upperBound, by: atOnce) {
            do {
              try await store.change { try $0.block("tadas", number) }
              answered.append(number)
              told.add()
            } catch {
              if givesUp { break }
            }
          }
          return answered
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }

  private func syncs(_ store: PostgresStore) async throws -> Int {
    try await store.ask { try $0.first("SELECT wal_sync FROM pg_catalog.pg_stat_wal") { $0.int(0) } } ?? 0
  }
}
