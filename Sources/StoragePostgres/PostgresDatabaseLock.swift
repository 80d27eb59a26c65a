import Foundation
import Storage

/// Keeps other processes from doing the same thing in one database: an advisory lock of a connection of its own, which ends
/// with the last reference to this value or with the process.
// The connection is used while this value is made and closed when it goes; nothing touches it in between.
package final class PostgresDatabaseLock: @unchecked Sendable {
  private let connection: PostgresConnection

  /// Blocks until nobody else holds a lock of this name, half a minute at most.
  ///
  /// - Throws: ``PostgresComplaint`` when the database cannot be reached; `StorageFault.away` when it takes too long.
  package init(_ address: PostgresAddress, name: String) throws {
    var limits = PostgresLimits()
    limits.holding = .seconds(30)
    limits.statement = .seconds(30)
    let connection = try PostgresConnection.open(address, limits)
    self.connection = connection
    try connection.speakingPlainly {
      try PostgresWholeDatabase(connection, schema: "").rows(
        "SELECT pg_advisory_lock(hashtextextended(\(name), 0))"
      ) { _ in }
    }
  }
}
