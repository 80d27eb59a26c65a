import Foundation
import Primitives
import Privacy
import Storage

/// Brings one file's schema up to date, each migration in a transaction of its own, and refuses what it does not know.
struct SQLiteMigrator {
  let schema: Schema

  func bringUpToDate(_ connection: SQLiteConnection) throws {
    let version = try connection.first("PRAGMA user_version") { $0.int(0) } ?? 0
    let migrations = try schema.migrations(engine: "sqlite")
    guard version <= migrations.count else {
      throw StorageFault.schema("\(schema.name) is newer than this program")
    }
    for (position, migration) in migrations.enumerated().dropFirst(version) {
      try connection.transaction("BEGIN IMMEDIATE") {
        // Another process may have been quicker while this one waited for the lock.
        guard try connection.first("PRAGMA user_version", { $0.int(0) }) == position else { return }
        try connection.script(migration.text)
        try connection.script("PRAGMA user_version = \(position + 1)")
      }
    }
  }

  /// House rule 3: a column that the register does not name stops the server.
  func checkRegister(_ connection: SQLiteConnection) throws {
    let columns = try connection.all(
      """
      SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
      WHERE tables.type = 'table' AND tables.name NOT GLOB 'sqlite_*'
      """
    ) { (table: $0.text(0), column: $0.text(1)) }
    let unknown = columns.filter { !schema.register.holds(table: $0.table, column: $0.column) }
    guard unknown.isEmpty else {
      let names = unknown.map { "\($0.table).\($0.column)" }.joined(separator: ", ")
      throw StorageFault.schema("\(schema.name): not in the data register: \(names)")
    }
  }
}
