import Primitives
import Privacy
import Storage

/// Brings one PostgreSQL schema up to date and refuses what it does not know.
struct PostgresMigrator {
  let connection: PostgresConnection
  /// The PostgreSQL schema; `[a-z0-9_]` only.
  let namespace: String
  let schema: Schema

  private static let engine = "postgres"

  /// All migrations that are missing, in one transaction; one server process at a time in the whole database, since two
  /// businesses may want the same extension.
  func bringUpToDate() throws {
    let migrations = try schema.migrations(engine: PostgresMigrator.engine)
    if try version() == migrations.count { return }
    try connection.script(
      """
      BEGIN;
      SET LOCAL lock_timeout = '60s';
      SET LOCAL statement_timeout = 0;
      SELECT pg_advisory_xact_lock(\(PostgresLocks.key("", "migration")));
      CREATE SCHEMA IF NOT EXISTS "\(namespace)";
      SET LOCAL search_path TO "\(namespace)", pg_temp;
      CREATE TABLE IF NOT EXISTS migration (number bigint PRIMARY KEY, name text NOT NULL);
      """
    )
    do {
      // Another process may have been quicker while this one waited for the lock.
      let version = try version()
      guard version <= migrations.count else {
        throw StorageFault.schema("\(schema.name) is newer than this program")
      }
      for (position, migration) in migrations.enumerated().dropFirst(version) {
        try connection.script(migration.text)
        try connection.send(
          "INSERT INTO migration (number, name) VALUES (\(position + 1), \(migration.name))",
          schema: namespace
        )
        try connection.mark()
        try connection.settle()
      }
      try connection.script("COMMIT")
    } catch {
      try? connection.script("ROLLBACK")
      throw error
    }
  }

  /// House rule 3: a column that the register does not name stops the server.
  func checkRegister() throws {
    let columns = try reading.all(
      """
      SELECT relname::text, attname::text FROM pg_catalog.pg_class
      JOIN pg_catalog.pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
      WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = \(namespace))
        AND relkind IN ('r', 'p', 'f', 'm', 'v')
      ORDER BY 1, attnum
      """
    ) { (table: $0.text(0), column: $0.text(1)) }
    let unknown = columns.filter { !schema.register.holds(table: $0.table, column: $0.column) }
    guard unknown.isEmpty else {
      let names = unknown.map { "\($0.table).\($0.column)" }.joined(separator: ", ")
      throw StorageFault.schema("\(schema.name): not in the data register: \(names)")
    }
  }

  /// How many migrations have been done; 0 for a schema that is not there.
  private func version() throws -> Int {
    let isThere = try reading.first(
      """
      SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = \(namespace) AND tablename = 'migration'
      """
    ) { $0.int(0) }
    guard isThere != nil else { return 0 }
    let counting: SQL = "SELECT count(*) FROM migration"
    return try PostgresReading(connection, schema: namespace, trace: nil).first(counting) { $0.int(0) } ?? 0
  }

  private var reading: PostgresReading { PostgresReading(connection, schema: "", trace: nil) }
}
