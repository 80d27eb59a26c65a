import Foundation
import Primitives
import Privacy
import Storage
import TestKit
import Testing

/// House rule 3: what the register does not name does not run; and migrations.
@Suite struct SchemaTests {
  @Test(arguments: Engine.allCases, ["data", "keys"])
  func `every column of the live schema is in the register, and the register names no other`(
    engine: Engine,
    name: String
  ) async throws {
    let schema = name == "data" ? Schema.data : .keys
    let place = try Place(engine)
    let store = try await place.open(schema)
    let columns: SQL
    switch engine {
    case .sqlite:
      columns = """
        SELECT tables.name || '.' || columns.name
        FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns WHERE tables.type = 'table'
        """
    case .postgres:
      columns = """
        SELECT table_name::text || '.' || column_name::text FROM information_schema.columns
        WHERE table_schema = \(place.namespace)
        """
    }
    let live = try await store.read { try $0.all(columns) { $0.text(0) } }
    let registered = schema.register.columns.filter { $0.engine == nil || $0.engine == engine.rawValue }
    #expect(Set(live) == Set(registered.map { "\($0.table).\($0.column)" }))
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
    (Engine.sqlite, "ALTER TABLE contact ADD COLUMN diagnosis TEXT"),
    (.sqlite, "CREATE TABLE notes (id INTEGER PRIMARY KEY)"),
    (.sqlite, "ALTER TABLE contact ADD COLUMN shout TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL"),
    (.sqlite, "CREATE TABLE sqlitenotes (id INTEGER PRIMARY KEY)"),
    (.postgres, "ALTER TABLE contact ADD COLUMN diagnosis text"),
    (.postgres, "CREATE TABLE notes (id bigint PRIMARY KEY)"),
    (.postgres, "ALTER TABLE contact ADD COLUMN shout bigint GENERATED ALWAYS AS (number + 1) STORED"),
    (.postgres, "CREATE VIEW NAMESPACE.who AS SELECT name AS n FROM contact"),
    (.postgres, "CREATE MATERIALIZED VIEW NAMESPACE.who AS SELECT name AS n FROM contact"),
  ])
  func `a column the register does not know stops the server`(engine: Engine, change: String) async throws {
    let example = try await Example(engine)
    let change = change.replacingOccurrences(of: "NAMESPACE", with: example.place.namespace)
    try await example.tamper(SQL(unchecked: change))
    let error = await #expect(throws: StorageFault.self) { _ = try await example.another() }
    guard case .schema(let words) = error else {
      Issue.record("it was \(String(describing: error))")
      return
    }
    #expect(words.contains("register"))
  }

  @Test(arguments: Engine.allCases)
  func `a newer schema is refused and left alone`(engine: Engine) async throws {
    let example = try await Example(engine)
    let version: String
    switch engine {
    case .sqlite:
      try await example.tamper("PRAGMA user_version = 9999")
      version = "SELECT CAST(user_version AS TEXT) FROM pragma_user_version"
    case .postgres:
      try await example.tamper("INSERT INTO migration (number, name) VALUES (9999, 'later')")
      version = "SELECT CAST(max(number) AS TEXT) FROM migration"
    }
    await #expect(throws: StorageFault.schema("data is newer than this program")) {
      _ = try await example.another()
    }
    #expect(try await example.texts(version) == ["9999"])
  }

  @Test(arguments: Engine.allCases)
  func `opening again migrates nothing and keeps everything`(engine: Engine) async throws {
    let example = try await Example(engine)
    try await example.store.change { try $0.block("tadas", 1) }
    let described: SQL
    switch engine {
    case .sqlite: described = "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name"
    case .postgres:
      described = """
        SELECT relname::text || oid::text FROM pg_catalog.pg_class
        WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = \(example.place.namespace))
        ORDER BY relname
        """
    }
    let schema = try await example.store.read { try $0.all(described) { $0.text(0) } }
    try example.store.close()
    for _ in 0..<2 {
      let again = try await example.another()
      #expect(try await again.read { try $0.all(described) { $0.text(0) } } == schema)
      #expect(try await again.auditHead().size == 1)
      try again.close()
    }
  }

  @Test func `the file is safe against power cuts and forgets what is deleted`() async throws {
    let example = try await Example(.sqlite)
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

  @Test(arguments: Engine.allCases)
  func `nothing is in an empty list`(engine: Engine) async throws {
    let example = try await Example(engine)
    try await example.store.change { try $0.block("tadas", 1) }
    let found = try await example.store.read { records in
      try records.all("SELECT staff FROM time_off WHERE staff IN (\(list: [Value]()))") { $0.text(0) }
    }
    #expect(found.isEmpty)
  }
}
