import Primitives
import Storage
import StoragePostgres
import TestKit

/// Somebody else at the server: looks at an example's connections and meddles with them.
struct Outside {
  let store: PostgresStore
  private let namespace: String

  init(_ example: Example) async throws {
    namespace = example.place.namespace
    store = try await PostgresStore(
      try await Cluster.shared().address(),
      namespace: namespace,
      schema: .data,
      checkpoint: nil,
      connections: 1
    )
  }

  /// How many connections last worked for the example.
  func connections() async throws -> Int {
    try await count(
      "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = \(theirs)"
    )
  }

  /// How many of them last waited for the disk on behalf of others.
  func flushes() async throws -> Int {
    try await count(
      """
      SELECT count(*) FROM pg_catalog.pg_stat_activity
      WHERE pid <> pg_backend_pid() AND application_name = \(theirs) AND query LIKE '%pg_logical_emit_message%'
      """
    )
  }

  /// Ends all of them.
  func endOthers() async throws -> Int {
    try await count(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_catalog.pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = \(theirs)"
    )
  }

  /// Ends those that sleep at COMMIT.
  func endSleepers() async throws -> Int {
    try await count(
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_catalog.pg_stat_activity
      WHERE wait_event = 'PgSleep' AND query = 'COMMIT'
      """
    )
  }

  /// From now on every act that adds time off sleeps at its COMMIT.
  func slowCommits() async throws {
    for statement in [
      """
      CREATE FUNCTION \(namespace).sleep() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM pg_sleep(30); RETURN NULL; END'
      """,
      """
      CREATE CONSTRAINT TRIGGER sleep AFTER INSERT ON \(namespace).time_off DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION \(namespace).sleep()
      """,
    ] {
      _ = try await store.change { try $0.run(SQL(unchecked: statement)) }
    }
  }

  func until(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// As far as the server keeps the name: 63 characters.
  private var theirs: String { String("cloakroom \(namespace)".prefix(63)) }

  private func count(_ query: SQL) async throws -> Int {
    try await store.ask { try $0.first(query) { $0.int(0) } } ?? 0
  }
}

extension Records {
  /// The server ends the connection on which this is asked.
  func endOwnConnection() throws {
    _ = try first("SELECT pg_terminate_backend(pg_backend_pid())") { _ in }
  }
}

extension Cluster {
  /// A store of its own on this server.
  func store(_ limits: PostgresLimits = PostgresLimits()) async throws -> PostgresStore {
    try await PostgresStore(
      try address(),
      namespace: "business_alone",
      schema: .data,
      checkpoint: try Example.checkpoint(counting: Counter()),
      limits: limits
    )
  }
}
