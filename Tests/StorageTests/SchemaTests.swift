import Foundation
import Primitives
import Privacy
import Storage
import StorageSQLite
import Testing

/// House rule 3: what the register does not name does not run; and migrations.
@Suite struct SchemaTests {
  @Test(arguments: ["data", "keys"])
  func `every column of the live schema is in the register, and the register names no other`(name: String)
    async throws
  {
    let schema = name == "data" ? Schema.data : .keys
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).db").path
    defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
    let store = try SQLiteStore(path: path, schema: schema, checkpoint: nil)
    let live = try await store.read { records in
      try records.all(
        """
        SELECT tables.name || '.' || columns.name
        FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns WHERE tables.type = 'table'
        """
      ) { $0.text(0) }
    }
    #expect(Set(live) == Set(schema.register.columns.map { "\($0.table).\($0.column)" }))
    #expect(!live.isEmpty)
    try store.close()
  }

  @Test func `what is personal is never kept in clear`() {
    for column in Schema.data.register.columns + Schema.keys.register.columns where column.level != .p0 {
      #expect(column.protection != .clear, "\(column.table).\(column.column)")
      #expect(!column.purpose.isEmpty && !column.basis.isEmpty && !column.retention.isEmpty)
    }
  }

  @Test(arguments: [
    "ALTER TABLE contact ADD COLUMN diagnosis TEXT", "CREATE TABLE notes (id INTEGER PRIMARY KEY)",
    "ALTER TABLE contact ADD COLUMN shout TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL",
    "CREATE TABLE sqlitenotes (id INTEGER PRIMARY KEY)",
  ])
  func `a column the register does not know stops the server`(change: String) async throws {
    let example = try Example()
    try await example.tamper(change)
    let error = #expect(throws: StorageFault.self) { _ = try example.another() }
    guard case .schema(let words) = error else {
      Issue.record("it was \(String(describing: error))")
      return
    }
    #expect(words.contains("register"))
  }

  @Test func `a newer schema is refused and left alone`() async throws {
    let example = try Example()
    try await example.tamper("PRAGMA user_version = 9999")
    #expect(throws: StorageFault.schema("data is newer than this program")) { _ = try example.another() }
    #expect(try await example.texts("SELECT CAST(user_version AS TEXT) FROM pragma_user_version") == ["9999"])
  }

  @Test func `opening again migrates nothing and keeps everything`() async throws {
    let example = try Example()
    try await example.store.change { try $0.block("tadas", 1) }
    let schema = try await example.texts("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name")
    try example.store.close()
    for _ in 0..<2 {
      let again = try example.another()
      let now = try await again.read { records in
        try records.all("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name") { $0.text(0) }
      }
      #expect(now == schema)
      #expect(try await again.auditHead().size == 1)
      try again.close()
    }
  }

  @Test func `the file is safe against power cuts and forgets what is deleted`() async throws {
    let example = try Example()
    let settings = try await example.store.change { changes in
      try ["journal_mode", "synchronous", "secure_delete", "foreign_keys"].map { name in
        try changes.first(SQL(unchecked: "SELECT CAST(\(name) AS TEXT) FROM pragma_\(name)")) { $0.text(0) }
      }
    }
    #expect(settings == ["wal", "2", "1", "1"])
  }

  @Test func `values are bound and never become text`() {
    let nasty = "'; DROP TABLE booking; --"
    let sql: SQL =
      "SELECT 1 FROM staff WHERE id = \(nasty) AND active = \(true) AND totp_step IN (\(list: [.null, .integer(2)]))"
    #expect(sql.text == "SELECT 1 FROM staff WHERE id = ? AND active = ? AND totp_step IN (?, ?)")
    #expect(sql.values == [.text(nasty), .integer(1), .null, .integer(2)])
  }
}
