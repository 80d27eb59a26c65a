import Audit
import Foundation
import Storage

/// The sequencer's work on its connection.
struct PostgresSequence {
  /// The most entries that one commit of the head takes up; bounds its memory.
  private static let most = 2_000

  let session: PostgresSession
  let schema: String
  let checkpoint: CheckpointMaker

  private enum Outcome {
    case took(Int)
    /// Another process has the head.
    case notElected
  }

  /// The head is not where it was read; everything is undone.
  private struct WasMoved: Error {}

  /// Takes up every entry that waits now.
  ///
  /// - Parameter patience: how long to wait for another process that is at it; zero leaves it to that one.
  func settle(patience: Duration) throws {
    guard let last = try newest() else { return }
    let end = ContinuousClock.now + patience
    while true {
      switch try outcome() {
      case .took(let count) where count < PostgresSequence.most: return
      case .took: continue
      case .notElected:
        if patience == .zero { return }
        if try !isWaiting(upTo: last) { return }
        guard .now < end else { throw StorageFault.away("the audit tree is held by another process") }
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
  }

  private func outcome() throws -> Outcome {
    do {
      return try session.persist(step)
    } catch is WasMoved, StorageFault.constraint("audit_entry.seq") {
      return .notElected
    }
  }

  private func newest() throws -> Int? {
    try session.persist { connection, _ in
      try PostgresReading(connection, schema: schema, trace: nil)
        .first("SELECT max(number) FROM audit_waiting") { $0.optionalInt(0) } ?? nil
    }
  }

  private func isWaiting(upTo number: Int) throws -> Bool {
    try session.persist { connection, _ in
      try PostgresReading(connection, schema: schema, trace: nil)
        .first("SELECT 1 FROM audit_waiting WHERE number <= \(number) LIMIT 1") { $0.int(0) } != nil
    }
  }

  /// One transaction: locks the head, appends what waits, moves the head.
  private func step(_ connection: PostgresConnection, _ isCareful: Bool) throws -> Outcome {
    let transaction = PostgresTransaction(connection, schema: schema, isCareful: true, trace: nil)
    return try transaction.run { changes in
      guard let old = try lockedHead(changes) else { return .notElected }
      var frontier = old
      try changes.rows(append(from: old.size)) { row in
        guard row.int(0) == frontier.size else { throw StorageFault.damaged("audit_entry.seq") }
        frontier.append(entry: row.bytes(1))
      }
      guard frontier.size > old.size else { return .took(0) }
      guard try moved(from: old.size, to: try checkpoint(frontier), changes) else {
        throw WasMoved()
      }
      return .took(frontier.size - old.size)
    }
  }

  /// The tree as committed, its head's row locked; nil when another process has it.
  private func lockedHead(_ changes: any Changes) throws -> MerkleFrontier? {
    let locked = try changes.first(
      "SELECT size, frontier FROM audit_head WHERE id = 1 FOR UPDATE SKIP LOCKED"
    ) {
      (size: $0.int(0), frontier: $0.bytes(1))
    }
    if let locked { return try MerkleFrontier(stored: locked.frontier, size: locked.size) }
    let isThere = try changes.first("SELECT 1 FROM audit_head WHERE id = 1") { $0.int(0) } != nil
    return isThere ? nil : MerkleFrontier()
  }

  /// Numbers what waits from `size` on, in the order in which it was recorded.
  private func append(from size: Int) -> SQL {
    """
    WITH taken AS (
      DELETE FROM audit_waiting
      WHERE number IN (SELECT number FROM audit_waiting ORDER BY number LIMIT \(PostgresSequence.most))
      RETURNING number, entry
    ), placed AS (
      INSERT INTO audit_entry (seq, entry)
      SELECT \(size) + row_number() OVER (ORDER BY number) - 1, entry FROM taken
      RETURNING seq, entry
    )
    SELECT seq, entry FROM placed ORDER BY seq
    """
  }

  /// Compare and set: false when the stored head is not the one that was read.
  private func moved(from size: Int, to head: AuditHead, _ changes: any Changes) throws -> Bool {
    guard size > 0 else {
      return try changes.run(
        """
        INSERT INTO audit_head (id, size, root, frontier, checkpoint)
        VALUES (1, \(head.size), \(head.root), \(head.frontier), \(head.checkpoint)) ON CONFLICT (id) DO NOTHING
        """
      ) == 1
    }
    return try changes.run(
      """
      UPDATE audit_head SET size = \(head.size), root = \(head.root), frontier = \(head.frontier),
        checkpoint = \(head.checkpoint)
      WHERE id = 1 AND size = \(size)
      """
    ) == 1
  }
}
