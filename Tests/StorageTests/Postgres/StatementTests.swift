import Testing

@testable import StoragePostgres

/// SQL is written once; this is what PostgreSQL gets to see of it.
@Suite struct StatementTests {
  @Test(arguments: [
    ("SELECT a FROM t WHERE b = ? AND c IN (?, ?)", #"SELECT a FROM "s".t WHERE b = $1 AND c IN ($2, $3)"#),
    ("SELECT '?', \"?\", 'it''s ?' FROM t", #"SELECT '?', "?", 'it''s ?' FROM "s".t"#),
    ("SELECT 1 -- FROM x ?\nFROM t", "SELECT 1 -- FROM x ?\nFROM \"s\".t"),
    (
      "SELECT t.a FROM t LEFT JOIN u ON u.a = t.a WHERE EXISTS (SELECT 1 FROM v AS w)",
      #"SELECT t.a FROM "s".t LEFT JOIN "s".u ON u.a = t.a WHERE EXISTS (SELECT 1 FROM "s".v AS w)"#
    ),
    (
      "INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET a = t.a",
      #"INSERT INTO "s".t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = t.a"#
    ),
    ("UPDATE t SET a = ?", #"UPDATE "s".t SET a = $1"#), ("DELETE FROM t", #"DELETE FROM "s".t"#),
    ("SELECT a FROM t FOR UPDATE SKIP LOCKED", #"SELECT a FROM "s".t FOR UPDATE SKIP LOCKED"#),
    ("SELECT a FROM (SELECT 1 AS a FROM t) AS u", #"SELECT a FROM (SELECT 1 AS a FROM "s".t) AS u"#),
    ("SELECT a FROM unnest(?) AS a", "SELECT a FROM unnest($1) AS a"),
    ("SELECT a FROM pg_catalog.t JOIN x.y", "SELECT a FROM pg_catalog.t JOIN x.y"),
    ("SELECT a IS DISTINCT FROM b FROM t", #"SELECT a IS DISTINCT FROM b FROM "s".t"#),
    (
      "WITH a AS (DELETE FROM t RETURNING b) SELECT b FROM a JOIN u",
      #"WITH a AS (DELETE FROM "s".t RETURNING b) SELECT b FROM a JOIN "s".u"#
    ),
    ("LOCK TABLE t IN SHARE MODE", #"LOCK TABLE "s".t IN SHARE MODE"#),
    ("select a from t where b=?", #"select a from "s".t where b=$1"#),
  ])
  func `parameters are numbered and tables named with their schema`(written: String, sent: String) {
    #expect(PostgresStatement(written, schema: "s").text == sent)
  }

  @Test func `without a schema tables stay as they are`() {
    #expect(
      PostgresStatement("SELECT a FROM t WHERE b = ?", schema: "").text == "SELECT a FROM t WHERE b = $1"
    )
  }
}
