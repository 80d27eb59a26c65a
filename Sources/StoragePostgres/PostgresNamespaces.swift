import Foundation
import Storage

/// The schemas of businesses in one database, and how far each is on its way in or out. These calls block.
package struct PostgresNamespaces: Sendable {
  /// A schema that is neither on its way in nor put away has no comment of ours.
  package enum Standing: Sendable, Hashable {
    case here
    /// It has the name of a business and none of our tables: somebody else's, or not made yet.
    case foreign
    /// Moved away from here: it takes no more changes.
    case ended
    /// Being copied here by a move, or left behind by one that was interrupted.
    case arriving
    /// Moved away from here, and put away.
    case away
  }

  private static let arriving = "cloakroom: arriving "
  private static let away = "cloakroom: moved away"

  private let address: PostgresAddress

  package init(_ address: PostgresAddress) { self.address = address }

  /// - Throws: ``PostgresComplaint`` when the database cannot be reached.
  package func list(prefix: String) throws -> [String: Standing] {
    try connected(PostgresLimits()) { database, _ in
      try PostgresNamespaces.list(prefix, database).mapValues(\.standing)
    }
  }

  /// Makes an empty schema that counts as arriving, in place of one that was left arriving.
  ///
  /// - Parameters:
  ///   - mark: what ``reveal(_:mark:)`` has to give; letters, digits and dashes.
  ///   - clearing: is called while no other move can begin, when there is no schema or one that was left arriving (true).
  /// - Returns: whether there was one.
  /// - Throws: ``PostgresNamespaceTaken``, and what `clearing` throws.
  package func makeArriving(_ name: String, mark: String, clearing: (Bool) throws -> Void) throws -> Bool {
    try connected { database, connection in
      try PostgresNamespaces.alone(connection, database, name) {
        let known = try PostgresNamespaces.list(name, database)[name]
        if let known, known.standing != .arriving { throw PostgresNamespaceTaken(standing: known.standing) }
        try clearing(known != nil)
        if known != nil { try connection.control("DROP SCHEMA \"\(name)\" CASCADE") }
        try connection.control("CREATE SCHEMA \"\(name)\"")
        try connection.control("COMMENT ON SCHEMA \"\(name)\" IS '\(PostgresNamespaces.arriving)\(mark)'")
        return known != nil
      }
    }
  }

  /// Lets servers find what was arriving under this mark.
  ///
  /// - Throws: ``StorageFault/damaged(_:)`` when something else stands there now.
  package func reveal(_ name: String, mark: String) throws {
    try connected { database, connection in
      try PostgresNamespaces.alone(connection, database, name) {
        guard try PostgresNamespaces.list(name, database)[name]?.comment == PostgresNamespaces.arriving + mark
        else {
          throw StorageFault.damaged("another move has taken the place")
        }
        try connection.control("COMMENT ON SCHEMA \"\(name)\" IS NULL")
      }
    }
  }

  /// Lets no server find what has ended.
  package func putAway(_ name: String) throws {
    try connected { _, connection in
      try connection.control("COMMENT ON SCHEMA \"\(name)\" IS '\(PostgresNamespaces.away)'")
    }
  }

  /// Removes what was arriving under this mark, after `clearing`; leaves anything else alone.
  package func discardArriving(_ name: String, mark: String, clearing: () throws -> Void) throws {
    try connected { database, connection in
      try PostgresNamespaces.alone(connection, database, name) {
        guard try PostgresNamespaces.list(name, database)[name]?.comment == PostgresNamespaces.arriving + mark
        else {
          return
        }
        try clearing()
        try connection.control("DROP SCHEMA \"\(name)\" CASCADE")
      }
    }
  }

  package func drop(_ name: String) throws {
    try connected { _, connection in try connection.control("DROP SCHEMA IF EXISTS \"\(name)\" CASCADE") }
  }

  /// A schema full of data takes longer to drop than an act may take.
  private func connected<Answer>(
    _ limits: PostgresLimits = PostgresWhole.limits,
    _ body: (PostgresWholeDatabase, PostgresConnection) throws -> Answer
  ) throws -> Answer {
    let connection = try PostgresConnection.open(address, limits)
    return try connection.speakingPlainly {
      try body(PostgresWholeDatabase(connection, schema: ""), connection)
    }
  }

  /// One transaction, and no other move of the same business in it.
  private static func alone<Answer>(
    _ connection: PostgresConnection,
    _ database: PostgresWholeDatabase,
    _ name: String,
    _ body: () throws -> Answer
  ) throws -> Answer {
    try connection.control("BEGIN")
    do {
      try database.rows("SELECT pg_advisory_xact_lock(hashtextextended(\("cloakroom move " + name), 0))") {
        _ in
      }
      let answer = try body()
      try connection.control("COMMIT")
      return answer
    } catch {
      try? connection.control("ROLLBACK")
      throw error
    }
  }

  private static func list(
    _ prefix: String,
    _ database: PostgresWholeDatabase
  ) throws -> [String: (comment: String, standing: Standing)] {
    let found = try database.all(
      """
      SELECT n.nspname, coalesce(obj_description(n.oid, 'pg_namespace'), ''),
        EXISTS (SELECT 1 FROM pg_catalog.pg_constraint AS c WHERE c.connamespace = n.oid AND c.conname = 'moved'),
        EXISTS (SELECT 1 FROM pg_catalog.pg_class AS t WHERE t.relnamespace = n.oid AND t.relname = 'migration')
      FROM pg_catalog.pg_namespace AS n WHERE starts_with(n.nspname::text, \(prefix))
      """
    ) { (name: $0.text(0), comment: $0.text(1), hasEnded: $0.bool(2), isOurs: $0.bool(3)) }
    return Dictionary(
      uniqueKeysWithValues: found.map { schema in
        let standing: Standing
        if schema.comment.hasPrefix(arriving) {
          standing = .arriving
        } else if schema.comment == away {
          standing = .away
        } else if schema.hasEnded {
          standing = .ended
        } else {
          standing = schema.isOurs ? .here : .foreign
        }
        return (schema.name, (schema.comment, standing))
      }
    )
  }
}

/// There is a schema of this name that nobody may replace.
package struct PostgresNamespaceTaken: Error {
  package let standing: PostgresNamespaces.Standing
}
