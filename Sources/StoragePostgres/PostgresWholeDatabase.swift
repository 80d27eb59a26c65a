import Storage

/// The inside of ``PostgresWhole/hold(_:)``.
struct PostgresWholeDatabase: WholeDatabase {
  private let connection: PostgresConnection
  private let schema: String

  init(_ connection: PostgresConnection, schema: String) {
    self.connection = connection
    self.schema = schema
  }

  func rows(_ sql: SQL, _ each: (any Row) throws -> Void) throws { try answer(to: sql).rows(each) }

  func run(_ sql: SQL) throws -> Int { try answer(to: sql).changed }

  private func answer(to sql: SQL) throws -> PostgresResult {
    try connection.speakingPlainly {
      try connection.send(sql, schema: schema)
      try connection.mark()
      return try connection.settle()
    }
  }

  var bringingGenerated: String { " OVERRIDING SYSTEM VALUE" }

  func settleCounters() throws {
    for (table, column) in try all(
      """
      SELECT c.relname, a.attname
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
      WHERE n.nspname = \(schema) AND a.attidentity <> '' AND NOT a.attisdropped
      """,
      { ($0.text(0), $0.text(1)) }
    ) {
      try connection.control(
        """
        SELECT setval(pg_get_serial_sequence('"\(schema)"."\(table)"', '\(column)'), coalesce(max("\(column)"), 0) + 1, false)
        FROM "\(schema)"."\(table)"
        """
      )
    }
  }

  func tables() throws -> [TableShape] {
    let columns = try all(
      """
      SELECT c.relname, a.attname, t.typname, a.attnotnull, array_position(i.indkey::int2[], a.attnum)
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
      WHERE n.nspname = \(schema) AND c.relkind IN ('r', 'p') AND a.attgenerated = ''
      """
    ) { row in
      Column(
        table: row.text(0),
        shape: ColumnShape(name: row.text(1), kind: try kind(of: row.text(2)), isNullable: !row.bool(3)),
        place: row.optionalInt(4)
      )
    }
    let references = try all(
      """
      SELECT c.relname, other.relname
      FROM pg_catalog.pg_constraint AS f
      JOIN pg_catalog.pg_class AS c ON c.oid = f.conrelid
      JOIN pg_catalog.pg_class AS other ON other.oid = f.confrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = \(schema) AND f.contype = 'f'
      """
    ) { (table: $0.text(0), to: $0.text(1)) }
    return Dictionary(grouping: columns, by: \.table).map { table, columns in
      TableShape(
        name: table,
        columns: columns.map(\.shape),
        key: columns.filter { $0.place != nil }.sorted { $0.place ?? 0 < $1.place ?? 0 }.map(\.shape.name),
        refersTo: Set(references.filter { $0.table == table }.map(\.to))
      )
    }
    .sorted { $0.name < $1.name }
  }

  private struct Column {
    let table: String
    let shape: ColumnShape
    let place: Int?
  }

  private func kind(of type: String) throws -> ColumnShape.Kind {
    switch type {
    case "int8", "int4", "int2": .integer
    case "text": .text
    case "bytea": .blob
    default: throw StorageFault.schema("a column of type \(type)")
    }
  }

  // Every act of every server leaves its entry here first.
  func endHere() throws {
    guard try !hasEnded() else { return }
    try connection.control(
      "ALTER TABLE \"\(schema)\".audit_waiting ADD CONSTRAINT moved CHECK (false) NOT VALID"
    )
  }

  func hasEnded() throws -> Bool {
    try first(
      """
      SELECT 1 FROM pg_catalog.pg_constraint AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.connamespace
      WHERE n.nspname = \(schema) AND c.conname = 'moved'
      """
    ) { _ in true } ?? false
  }
}
