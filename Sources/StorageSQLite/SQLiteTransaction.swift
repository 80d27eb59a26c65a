import Audit
import Foundation
import Primitives
import Storage

/// One merged commit: a savepoint for each act, the audit entries in order, the tree's head as the last step.
///
/// Used by the writer thread only.
final class SQLiteTransaction: Changes {
  private let connection: SQLiteConnection
  private let checkpoint: CheckpointMaker?

  /// The committed tree, as far as this process knows; stale once `data_version` has moved.
  private var frontier: MerkleFrontier?
  private var dataVersion = -1

  /// The tree as it will be after this commit.
  private var growing = MerkleFrontier()
  private var grewFrom = 0

  init(_ connection: SQLiteConnection, checkpoint: CheckpointMaker?) {
    self.connection = connection
    self.checkpoint = checkpoint
  }

  func begin() throws {
    try connection.control("BEGIN IMMEDIATE")
    guard checkpoint != nil else { return }
    // Another process has committed when this connection's data_version moves (SQLite, PRAGMA data_version).
    let version = try connection.first("PRAGMA data_version") { $0.int(0) } ?? 0
    if version != dataVersion || frontier == nil {
      frontier = try storedFrontier()
      dataVersion = version
    }
    growing = frontier ?? MerkleFrontier()
    grewFrom = growing.size
  }

  private func storedFrontier() throws -> MerkleFrontier {
    guard let head = try connection.auditHead() else { return MerkleFrontier() }
    return try MerkleFrontier(stored: head.frontier, size: head.size)
  }

  /// Runs one act in a savepoint of its own; its fault undoes it alone.
  func run(_ change: any AnyWaitingChange) throws {
    try connection.control("SAVEPOINT act")
    let before = growing
    do {
      try change.perform(self)
    } catch {
      growing = before
      // A full disk may have rolled the whole transaction back; then the commit as a whole has failed.
      guard connection.isInsideTransaction else { throw error }
      try connection.control("ROLLBACK TO act")
    }
    try connection.control("RELEASE act")
  }

  func commit() throws {
    if let checkpoint, growing.size > grewFrom {
      try connection.store(try checkpoint(growing))
    }
    try connection.control("COMMIT")
    frontier = growing
  }

  func rollBack() {
    frontier = nil
    if connection.isInsideTransaction { try? connection.control("ROLLBACK") }
  }

  // MARK: Changes

  /// `BEGIN IMMEDIATE` holds the whole file already.
  func hold(_ things: [Held]) {}

  func rows(_ sql: SQL, _ each: (any Row) throws -> Void) throws { try connection.rows(sql, each) }

  func run(_ sql: SQL) throws -> Int { try connection.run(sql) }

  func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer {
    let before = growing
    do {
      return try body()
    } catch {
      growing = before
      guard connection.isInsideTransaction else { throw error }
      // The act's own savepoint serves: nothing was written before the attempt.
      try connection.control("ROLLBACK TO act")
      throw error
    }
  }

  func record(_ entry: [UInt8]) throws {
    do {
      _ = try connection.run("INSERT INTO audit_entry (seq, entry) VALUES (\(growing.size), \(entry))")
    } catch StorageFault.constraint(let name) {
      // No audit, no data: nothing of the act is at fault, the record cannot be kept now.
      throw StorageFault.away("audit entry refused: \(name)")
    }
    growing.append(entry: entry)
  }
}
