package import Primitives

/// What a business holds, column by column: level, purpose, lawful basis and how long (R1, GDPR Art. 30).
///
/// House rule 3: a column that is missing here stops the server.
package struct Register: Sendable {
  package let columns: [RegisteredColumn]
  private let names: Set<String>

  init(_ tables: [RegisteredTable]) {
    columns = tables.flatMap { table in
      table.columns.map { column in
        RegisteredColumn(
          table: table.name,
          column: column.name,
          level: column.level,
          protection: column.protection,
          purpose: column.purpose ?? table.purpose,
          basis: table.basis,
          retention: table.retention,
          engine: table.engine
        )
      }
    }
    names = Set(columns.map { "\($0.table).\($0.column)" })
  }

  package func holds(table: String, column: String) -> Bool { names.contains("\(table).\(column)") }
}

package struct RegisteredColumn: Sendable, Hashable {
  package let table: String
  package let column: String
  package let level: Level
  package let protection: Protection
  package let purpose: String
  package let basis: String
  package let retention: String
  /// `postgres` for a table that only this engine has; nil for one that every engine has.
  package let engine: String?
}

/// How a column is kept.
package enum Protection: String, Sendable {
  /// Readable by whoever has the file; P0 only.
  case clear
  /// AES-256-GCM under a subject's or a class's key.
  case sealed
  /// A keyed hash that only says "equal".
  case blindIndex = "blind index"
  /// A hash of something random; useless to whoever reads it.
  case hash
  /// A key, wrapped by another key.
  case wrapped
}

struct RegisteredTable {
  let name: String
  let purpose: String
  let basis: String
  let retention: String
  var engine: String?
  let columns: [Column]

  struct Column {
    let name: String
    let level: Level
    let protection: Protection
    let purpose: String?
  }

  static func clear(_ names: String...) -> [Column] {
    names.map { Column(name: $0, level: .p0, protection: .clear, purpose: nil) }
  }
  static func column(_ name: String, _ level: Level, _ protection: Protection, _ purpose: String? = nil)
    -> [Column]
  {
    [Column(name: name, level: level, protection: protection, purpose: purpose)]
  }
}
