import Foundation
import GRDB
import Primitives
package import Storage

/// A SQLite file opened whole, for copying it; other processes may serve it meanwhile.
package final class SQLiteWhole: WholeStore {
  private let queue: DatabaseQueue

  /// - Throws: ``StorageFault/away(_:)`` when there is no such file or it cannot be opened.
  package init(path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw StorageFault.away("no file") }
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.foreignKeysEnabled = true
    configuration.label = "cloakroom.whole"
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      try database.execute(sql: "PRAGMA secure_delete = ON")
      try database.execute(sql: "PRAGMA cache_size = -64000")
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError {
      throw SQLiteConnection.fault(of: error)
    }
  }

  /// The write lock, which also holds back the writers of other processes.
  package func hold<Answer>(_ body: (any WholeDatabase) throws -> Answer) throws -> Answer {
    try queue.inDatabase { database in
      let connection = SQLiteConnection(database, trace: nil)
      return try connection.transaction("BEGIN IMMEDIATE") { try body(connection) }
    }
  }

  package func hasEnded() throws -> Bool {
    try queue.inDatabase { try SQLiteConnection($0, trace: nil).hasEnded() }
  }

  /// Brings what lies in the `-wal` file into the file itself when nobody else has it open.
  package func close() { try? queue.close() }
}

extension SQLiteConnection: WholeDatabase {
  var bringingGenerated: String { "" }

  /// A rowid counts on from the highest there is.
  func settleCounters() {}

  func tables() throws -> [TableShape] {
    try all(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"
    ) { $0.text(0) }
    .map { table in
      let columns = try all(
        "SELECT name, upper(type), \"notnull\", pk FROM pragma_table_xinfo(\(table)) ORDER BY cid"
      ) { (name: $0.text(0), type: $0.text(1), isRequired: $0.bool(2), place: $0.int(3)) }
      return TableShape(
        name: table,
        columns: try columns.map { column in
          ColumnShape(
            name: column.name,
            kind: try SQLiteConnection.kind(of: column.type),
            isNullable: !column.isRequired && column.place == 0
          )
        },
        key: columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name),
        refersTo: Set(try all("SELECT \"table\" FROM pragma_foreign_key_list(\(table))") { $0.text(0) })
      )
    }
  }

  private static func kind(of type: String) throws -> ColumnShape.Kind {
    switch type {
    case "INTEGER": .integer
    case "TEXT": .text
    case "BLOB": .blob
    default: throw StorageFault.schema("a column of type \(type)")
    }
  }

  func endHere() throws {
    guard try !hasEnded() else { return }
    try script(
      "CREATE TRIGGER moved BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'moved'); END"
    )
  }

  func hasEnded() throws -> Bool {
    try first("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'moved'") { _ in true } ?? false
  }
}
