import Foundation
package import Storage

/// One schema of a PostgreSQL database: all that one business has there.
///
/// Several server processes may use the same schema. Each change is one transaction on one connection of a bounded pool
/// (READ COMMITTED; what is decided about is held by advisory locks, and the schema's constraints have the last word).
/// Audit entries are committed with their act and brought into order by whichever process is elected, within a second.
package final class PostgresStore: Store {
  private let schema: String
  private let trace: StatementTrace?
  private let pool: PostgresPool
  private let flush: PostgresFlush
  private let sequencer: PostgresSequencer?

  /// Two for each core: more of them only take turns. Under load none of them waits for the disk. Measured on two cores with
  /// 64 clients: 3 or 4 make 2,100 bookings a second, 5 fewer; waiting for the disk themselves, 5 make 1,480.
  package static var usualConnections: Int {
    min(2 * max(2, ProcessInfo.processInfo.activeProcessorCount), 32)
  }

  /// Connects, makes the schema when it is missing, brings it up to date and checks it against the register.
  ///
  /// - Parameters:
  ///   - namespace: the name of the PostgreSQL schema: `[a-z_][a-z0-9_]*`, at most 63 characters.
  ///   - checkpoint: signs the head of the audit tree; nil for a database without one (`keys`), and for one who only looks.
  ///   - connections: how many at most, besides the sequencer's one; made when needed.
  ///   - trace: sees every statement of every act; tests only.
  /// - Throws: ``PostgresComplaint`` when no connection can be had; ``StorageFault/schema(_:)`` when the schema is newer
  ///   than this program or holds an unregistered column.
  package init(
    _ address: PostgresAddress,
    namespace: String,
    schema: Schema,
    checkpoint: CheckpointMaker?,
    connections: Int = PostgresStore.usualConnections,
    limits: PostgresLimits = PostgresLimits(),
    trace: StatementTrace? = nil
  ) async throws {
    guard PostgresStore.isName(namespace) else {
      throw StorageFault.schema("'\(namespace)' cannot be the name of a schema")
    }
    let address = address.working(for: namespace)
    self.schema = namespace
    self.trace = trace
    pool = PostgresPool(address, limits, most: connections)
    flush = PostgresFlush(address, limits)
    try await PostgresStore.onThread(address, limits) { connection in
      let migrator = PostgresMigrator(connection: connection, namespace: namespace, schema: schema)
      try migrator.bringUpToDate()
      try migrator.checkRegister()
    }
    sequencer = checkpoint.map { maker in
      PostgresSequencer(PostgresSession(address, limits, PostgresOutage()), namespace, maker, limits)
    }
  }

  deinit {
    sequencer?.stop(waiting: false)
    pool.end(waiting: false)
    flush.end()
  }

  package func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any Records) throws -> Answer
  ) async throws -> Answer {
    try await pool.perform { [schema, trace] session in
      let answer = try session.persist { connection, _ in
        try PostgresReading(connection, schema: schema, trace: trace).snapshot(body)
      }
      return (answer, nil)
    }
  }

  package func ask<Answer: Sendable>(
    _ body: @escaping @Sendable (any Records) throws -> Answer
  ) async throws -> Answer {
    try await pool.perform { [schema, trace] session in
      let answer = try session.persist { connection, _ in
        try PostgresReading(connection, schema: schema, trace: trace).run(body)
      }
      return (answer, nil)
    }
  }

  package func change<Answer: Sendable>(
    _ body: @escaping @Sendable (any Changes) throws -> Answer
  ) async throws -> Answer {
    try await pool.perform { [schema, trace, sequencer, flush, pool] session in
      try session.persist { connection, isCareful in
        let transaction = PostgresTransaction(
          connection,
          schema: schema,
          isCareful: isCareful,
          flush: pool.isBusy ? flush : nil,
          trace: trace
        )
        let answer = try transaction.run(body)
        if transaction.hasRecorded { sequencer?.wake() }
        return (answer, transaction.ticket)
      }
    }
  }

  /// The newest head, with every entry in it that was committed before this was asked.
  package func auditHead() async throws -> AuditHead {
    try await sequence()
    return try await ask { records in
      guard let head = try records.auditHead() else { throw StorageFault.damaged("audit_head") }
      return head
    }
  }

  /// Brings the entries committed so far into the tree, unless that was done already.
  ///
  /// - Throws: ``StorageFault/away(_:)`` when another process has taken it up and does not get on with it.
  package func sequence() async throws {
    guard let sequencer else { return }
    try await sequencer.settle()
  }

  package func close() throws {
    pool.end(waiting: true)
    flush.end()
    sequencer?.stop(waiting: true)
  }
}
