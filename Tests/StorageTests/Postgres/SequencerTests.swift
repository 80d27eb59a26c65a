import Audit
import Dispatch
import Foundation
import Primitives
import Storage
import StoragePostgres
import TestKit
import Testing

/// Many write, one tree grows.
@Suite struct SequencerTests {
  @Test func `entries come to stand in the tree, in the order of their acts`() async throws {
    let example = try await Example(.postgres)
    for number in 0..<20 { try await example.store.change { try $0.record(entry("act.n\(number)")) } }
    try await example.waitUntilSequenced()
    let entries = try await example.store.read { records in
      var entries: [[UInt8]] = []
      try records.auditEntries(from: 0) { entries.append($1) }
      return entries
    }
    #expect(entries == (0..<20).map { entry("act.n\($0)") })
  }

  @Test func `what a server left behind that is no more is taken up by another`() async throws {
    let example = try await Example(.postgres)
    // Without a checkpoint maker it records and never sequences.
    let gone = try await example.place.open(.data)
    try await gone.change { try $0.record(entry()) }
    try gone.close()
    try await example.waitUntilSequenced()
    #expect(try await example.audit().entries == 1)
  }

  @Test func `many entries take several steps and one head`() async throws {
    let example = try await Example(.postgres)
    let gone = try await example.place.open(.data)
    try await gone.change { changes in
      for number in 0..<5_000 { try changes.record(entry("act.n\(number)")) }
    }
    try gone.close()
    let report = try await example.audit()
    #expect(report.holds && report.entries == 5_000)
  }

  @Test(arguments: [false, true])
  func `a sequencer that was stopped in the middle and wakes cannot fork the tree`(hasHead: Bool) async throws
  {
    let example = try await Example(.postgres)
    if hasHead {
      try await example.store.change { try $0.block("tadas", 0) }
      _ = try await example.store.auditHead()
    }
    try example.store.close()
    let stopped = try await Stopped(example)
    try await stopped.store.change { try $0.block("tadas", 1) }
    try await stopped.stands()
    // Its transaction is open, the head is signed and not yet moved. Another server goes on.
    let other = try await example.another()
    for number in 2..<8 { try await other.change { try $0.block("tadas", number) } }
    let head = try await other.auditHead()
    #expect(head.size == (hasHead ? 8 : 7))
    stopped.wake()
    try await stopped.store.change { try $0.block("tadas", 9) }
    #expect(try await stopped.store.auditHead().size == head.size + 1)
    let report = try await example.audit(through: other)
    #expect(report.holds && report.entries == head.size + 1)
    // The head from before its waking is a beginning of the tree from after it.
    let extended = try await example.audit(through: other, witness: head.checkpoint)
    #expect(extended.holds && extended.checkpointsMatched == 2)
    try stopped.store.close()
    try other.close()
  }

  @Test func `a head that was moved by others is never overwritten`() async throws {
    let example = try await Example(.postgres)
    try await example.store.change { try $0.block("tadas", 1) }
    let head = try await example.store.auditHead()
    try example.store.close()
    // The head is not where the sequencer read it: compare and set changes no row.
    let schema = example.place.namespace
    let other = try await example.impatient()
    for statement in [
      "CREATE FUNCTION \(schema).moved() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
      "CREATE TRIGGER moved BEFORE UPDATE ON \(schema).audit_head FOR EACH ROW EXECUTE FUNCTION \(schema).moved()",
    ] {
      _ = try await other.change { try $0.run(SQL(unchecked: statement)) }
    }
    try await other.change { try $0.block("tadas", 2) }
    await #expect(throws: StorageFault.away("the audit tree is held by another process")) {
      _ = try await other.auditHead()
    }
    #expect(try await other.ask { try $0.auditHead() } == head)
    for table: SQL in ["SELECT count(*) FROM audit_entry", "SELECT count(*) FROM audit_waiting"] {
      #expect(try await other.ask { try $0.first(table) { $0.int(0) } } == 1)
    }
    _ = try await other.change { try $0.run(SQL(unchecked: "DROP TRIGGER moved ON \(schema).audit_head")) }
    let report = try await example.audit(through: other)
    #expect(report.holds && report.entries == 2)
    try other.close()
  }

  @Test func `a damaged head is said, and no entry is lost over it`() async throws {
    let example = try await Example(.postgres)
    try await example.store.change { try $0.block("tadas", 1) }
    let frontier = try await example.store.auditHead().frontier
    try await example.tamper("UPDATE audit_head SET frontier = \([0])")
    try await example.store.change { try $0.block("tadas", 2) }
    await #expect(throws: StorageFault.damaged("audit_head.frontier")) {
      _ = try await example.store.auditHead()
    }
    #expect(try await example.count("audit_waiting") == 1)
    try await example.tamper("UPDATE audit_head SET frontier = \(frontier)")
    #expect(try await example.audit().entries == 2)
  }
}

/// A server whose sequencer stands still the first time it signs, as one that was sent SIGSTOP.
private final class Stopped: Sendable {
  let store: PostgresStore
  private let signs = Counter()
  private let wakes = DispatchSemaphore(value: 0)

  init(_ example: Example) async throws {
    let maker = try Example.checkpoint(counting: Counter())
    var limits = PostgresLimits()
    limits.standingStill = .milliseconds(700)
    store = try await PostgresStore(
      try await Cluster.shared().address(),
      namespace: example.place.namespace,
      schema: .data,
      checkpoint: { [signs, wakes] frontier in
        if signs.add() == 1 { wakes.wait() }
        return try maker(frontier)
      },
      limits: limits
    )
  }

  func stands() async throws { try await signs.reaches(1) }
  func wake() { wakes.signal() }
}

extension Example {
  /// A server that does not wait long for others.
  fileprivate func impatient() async throws -> PostgresStore {
    var limits = PostgresLimits()
    limits.persisting = .milliseconds(300)
    return try await PostgresStore(
      try await Cluster.shared().address(),
      namespace: place.namespace,
      schema: .data,
      checkpoint: try Example.checkpoint(counting: Counter()),
      limits: limits
    )
  }
}
