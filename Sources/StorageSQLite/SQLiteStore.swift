import Foundation
import GRDB
import Primitives
package import Storage
import Synchronization

/// One SQLite file of one business: a writer thread that merges waiting acts into one commit, and readers beside it.
///
/// WAL, `synchronous=FULL`, `secure_delete=ON`, `foreign_keys=ON`. Several server processes may share the file: the
/// writer takes the lock at once (`BEGIN IMMEDIATE`) and notices the others' commits by `data_version`.
package final class SQLiteStore: Store {
  private let writer: SQLiteWriter
  private let readers: SQLiteReaders
  private let path: String

  /// Opens the file, brings its schema up to date and checks it against the register.
  ///
  /// - Parameters:
  ///   - checkpoint: signs the head of the audit tree; nil for a database without one (`keys`).
  ///   - trace: sees every statement of every act; tests only.
  /// - Throws: ``StorageFault/schema(_:)`` when the file is newer than this program or holds an unregistered column.
  package init(
    path: String,
    schema: Schema,
    checkpoint: CheckpointMaker?,
    trace: StatementTrace? = nil
  ) throws {
    self.path = path
    let writing = try SQLiteStore.open(path, readOnly: false)
    try writing.inDatabase { database in
      let connection = SQLiteConnection(database, trace: nil)
      try SQLiteMigrator(schema: schema).bringUpToDate(connection)
      try SQLiteMigrator(schema: schema).checkRegister(connection)
    }
    writer = SQLiteWriter(queue: writing, checkpoint: checkpoint, trace: trace)
    readers = try SQLiteReaders(count: 3, trace: trace) { try SQLiteStore.open(path, readOnly: true) }
  }

  package func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any Records) throws -> Answer
  ) async throws -> Answer {
    // SQLite answers from its page cache in microseconds; a hop to another thread would cost more than the read.
    try readers.lend(body)
  }

  package func ask<Answer: Sendable>(
    _ body: @escaping @Sendable (any Records) throws -> Answer
  ) async throws -> Answer {
    try readers.lend(inSnapshot: false, body)
  }

  package func change<Answer: Sendable>(
    _ body: @escaping @Sendable (any Changes) throws -> Answer
  ) async throws -> Answer {
    try await writer.change(body)
  }

  package func auditHead() async throws -> AuditHead {
    try await read { records in
      guard let head = try records.auditHead() else { throw StorageFault.damaged("audit_head") }
      return head
    }
  }

  /// Brings the WAL, which holds pages as they were, into the file and empties it; without effect while somebody reads.
  package func dropOldCopies() async throws {
    let connection = try SQLiteStore.open(path, readOnly: false)
    try connection.inDatabase { _ = try GRDB.Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try connection.close()
  }

  package func close() throws {
    // The writer last: SQLite brings the whole WAL into the file when the last connection closes, and readers could not.
    try readers.close()
    writer.stop()
  }

  private static func open(_ path: String, readOnly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.label = "cloakroom.sqlite"
    configuration.prepareDatabase { database in
      if !readOnly {
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 2000")
      }
      // Every commit of the writer empties the readers' caches (SQLite in WAL mode), so large ones would not help them.
      // Mapping the file would not either: the mapping is dropped with the cache, which costs more than reading.
      try database.execute(sql: "PRAGMA cache_size = \(readOnly ? -4000 : -8000)")
      try database.execute(sql: "PRAGMA mmap_size = 0")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError {
      throw SQLiteConnection.fault(of: error)
    }
  }
}
