import Foundation
package import Storage

/// The schema of one business opened whole, for copying it; servers may serve it meanwhile.
package final class PostgresWhole: WholeStore {
  private let connection: PostgresConnection
  private let schema: String

  /// How long it is tried to get hold of the tables while acts come and go.
  private static let patience = Duration.seconds(60)

  /// - Throws: ``PostgresComplaint``.
  package init(_ address: PostgresAddress, namespace: String) throws {
    connection = try PostgresConnection.open(address, PostgresWhole.limits)
    schema = namespace
  }

  /// A copy takes as long as it takes, and its source stands still while the target writes.
  static var limits: PostgresLimits {
    var limits = PostgresLimits()
    limits.standingStill = .seconds(7 * 86_400)
    limits.statement = .seconds(6 * 3_600)
    limits.holding = .seconds(2)
    return limits
  }

  /// Every table is locked against writers before the snapshot is taken, which later readings see.
  package func hold<Answer>(_ body: (any WholeDatabase) throws -> Answer) throws -> Answer {
    try connection.speakingPlainly {
      let database = PostgresWholeDatabase(connection, schema: schema)
      try lock(database.tables().map(\.name))
      do {
        let answer = try body(database)
        try connection.control("COMMIT")
        return answer
      } catch {
        try? connection.control("ROLLBACK")
        throw error
      }
    }
  }

  package func hasEnded() throws -> Bool {
    try connection.speakingPlainly { try PostgresWholeDatabase(connection, schema: schema).hasEnded() }
  }

  /// The connection ends with the last reference to it.
  package func close() {}

  /// An act that has some of the tables and waits for one that is locked here would wait for ever: then this side gives
  /// way, and tries again.
  private func lock(_ tables: [String]) throws {
    let names = tables.map { "\"\(schema)\".\"\($0)\"" }.joined(separator: ", ")
    let end = ContinuousClock.now + PostgresWhole.patience
    while true {
      try connection.control("BEGIN ISOLATION LEVEL REPEATABLE READ")
      do {
        if !tables.isEmpty { try connection.control("LOCK TABLE \(names) IN EXCLUSIVE MODE") }
        return
      } catch let failure as PostgresFailure where failure.sqlstate == "55P03" || failure.sqlstate == "40P01"
      {
        try connection.control("ROLLBACK")
        guard ContinuousClock.now < end else {
          throw StorageFault.away("other transactions do not leave the tables")
        }
        Thread.sleep(forTimeInterval: .random(in: 0.05...0.5))
      }
    }
  }
}

extension PostgresConnection {
  /// What a connection alone understands becomes a fault of the storage; no value goes with it.
  func speakingPlainly<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let failure as PostgresFailure {
      switch failure.consequence {
      case .fault(let fault): throw fault
      case .lost: throw StorageFault.away("the connection to PostgreSQL was lost")
      default: throw StorageFault.away("postgres \(failure.sqlstate ?? "")")
      }
    }
  }
}
