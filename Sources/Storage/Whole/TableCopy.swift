package import Audit
import Primitives

/// Copies every row of one database into another, empty one of the same schema, whichever the engines.
///
/// Values are copied as they are; nothing is opened. Tables and columns come from the live schemas, which must agree.
package struct TableCopy {
  private let source: any WholeDatabase
  private let target: any WholeDatabase
  /// In the order in which they can be filled.
  private let tables: [TableShape]

  /// What an engine keeps for itself: the waiting entries are sequenced on the way, migrations were made at the target.
  private static let notCopied: Set<String> = [waiting, "migration"]
  private static let waiting = "audit_waiting"

  /// Rows in one statement: with the widest table a quarter of what SQLite binds at most.
  private static let batch = 400

  /// - Throws: ``StorageFault/schema(_:)`` when the two do not have the same tables and columns.
  package init(from source: any WholeDatabase, to target: any WholeDatabase) throws {
    self.source = source
    self.target = target
    tables = try TableCopy.copied(source)
    let odd = Set(tables.map(\.columnsByTable))
      .symmetricDifference(try TableCopy.copied(target).map(\.columnsByTable))
    guard odd.isEmpty else {
      let names = Set(odd.map(\.table)).sorted().joined(separator: ", ")
      throw StorageFault.schema("the two do not agree on: \(names)")
    }
  }

  /// How many rows there are, by table, of what a copy takes along.
  package static func counts(in databases: [any WholeDatabase]) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for database in databases {
      for table in try copied(database) {
        counts[table.name] = try database.first(SQL(unchecked: "SELECT count(*) FROM \(table.name)")) {
          $0.int(0)
        }
      }
    }
    return counts
  }

  private static func copied(_ database: any WholeDatabase) throws -> [TableShape] {
    try database.tables().filter { !notCopied.contains($0.name) }.inOrderOfForeignKeys()
  }

  /// Copies everything, in batches; `progress` is told how many more rows of which table were written.
  package func copy(_ progress: (_ table: String, _ rows: Int) throws -> Void) throws {
    for table in tables {
      var last: [Value]?
      while true {
        let rows = try batch(of: table, after: last)
        guard let final = rows.last else { break }
        try insert(rows, into: table)
        try progress(table.name, rows.count)
        guard rows.count == TableCopy.batch else { break }
        last = table.keyValues(of: final)
      }
    }
    try target.settleCounters()
  }

  /// Appends what waits at the source for its place in the audit tree to the tree at the target; how many there were.
  package func sequenceWaiting(_ checkpoint: (MerkleFrontier) throws -> AuditHead) throws -> Int {
    guard try source.tables().contains(where: { $0.name == TableCopy.waiting }) else { return 0 }
    let entries = try source.all("SELECT entry FROM audit_waiting ORDER BY number") { $0.bytes(0) }
    guard !entries.isEmpty else { return 0 }
    var frontier =
      try target.auditHead().map { try MerkleFrontier(stored: $0.frontier, size: $0.size) }
      ?? MerkleFrontier()
    for entry in entries {
      try target.run("INSERT INTO audit_entry (seq, entry) VALUES (\(frontier.size), \(entry))")
      frontier.append(entry: entry)
    }
    try target.run(try checkpoint(frontier).storing)
    return entries.count
  }

  /// The next rows in the order of the primary key, which every engine keeps an index of.
  private func batch(of table: TableShape, after last: [Value]?) throws -> [[Value]] {
    let key = table.key.map(quoted).joined(separator: ", ")
    let columns = table.columns.map { quoted($0.name) }.joined(separator: ", ")
    var sql = SQL(unchecked: "SELECT \(columns) FROM \(table.name)")
    if let last {
      sql += SQL(unchecked: " WHERE (\(key)) > (")
      sql += "\(list: last))"
    }
    sql += SQL(unchecked: " ORDER BY \(key) LIMIT ")
    sql += "\(TableCopy.batch)"
    return try source.all(sql) { row in
      try table.columns.enumerated().map { try $0.element.value(in: row, at: $0.offset) }
    }
  }

  private func insert(_ rows: [[Value]], into table: TableShape) throws {
    let columns = table.columns.map { quoted($0.name) }.joined(separator: ", ")
    var sql = SQL(unchecked: "INSERT INTO \(table.name) (\(columns))\(target.bringingGenerated) VALUES ")
    for (position, row) in rows.enumerated() { sql += position == 0 ? "(\(list: row))" : ", (\(list: row))" }
    guard try target.run(sql) == rows.count else { throw StorageFault.damaged(table.name) }
  }
}

/// A name of the schema; those that are words of SQL need the quotes.
private func quoted(_ name: String) -> String { "\"\(name)\"" }

extension TableShape {
  /// What two engines must agree on: orders of keys and of columns are their own affair.
  fileprivate var columnsByTable: TableColumns { TableColumns(table: name, columns: Set(columns)) }

  fileprivate func keyValues(of row: [Value]) -> [Value] {
    key.compactMap { name in columns.firstIndex { $0.name == name }.map { row[$0] } }
  }
}

private struct TableColumns: Hashable {
  let table: String
  let columns: Set<ColumnShape>
}
