import Foundation
package import Storage
import StoragePostgres
import StorageSQLite

/// Where the two databases of one business lie in a test: a folder of its own, which goes with this value, or a namespace
/// of its own on the tests' PostgreSQL server, which goes with the server.
package final class Place: Sendable {
  package let engine: Engine
  /// The name of the PostgreSQL schema.
  package let namespace: String
  private let folder: String

  package init(_ engine: Engine) throws {
    self.engine = engine
    let name = UUID().uuidString.lowercased()
    namespace = "business_" + name.replacingOccurrences(of: "-", with: "_")
    folder = FileManager.default.temporaryDirectory.appending(path: "place-" + name).path
    if engine == .sqlite {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Opens one of the two databases; a second time, it is another server process as far as the engine can tell.
  package func open(
    _ schema: Schema,
    checkpoint: CheckpointMaker? = nil,
    trace: StatementTrace? = nil
  ) async throws -> any Store {
    switch engine {
    case .sqlite:
      return try SQLiteStore(
        path: "\(folder)/\(schema.name).db",
        schema: schema,
        checkpoint: checkpoint,
        trace: trace
      )
    case .postgres:
      return try await PostgresStore(
        try await Cluster.shared().address(schema.name == Schema.keys.name ? "cloakroom_keys" : "cloakroom"),
        namespace: namespace,
        schema: schema,
        checkpoint: checkpoint,
        connections: 4,
        limits: Place.patient,
        trace: trace
      )
    }
  }

  /// Hundreds of tests share a machine and a cluster, so that one may stand still for long and still be right; what the
  /// limits of a server in earnest do is tested with limits of its own.
  private static let patient = {
    var limits = PostgresLimits()
    limits.waiting = .seconds(60)
    limits.standingStill = .seconds(60)
    limits.holding = .seconds(60)
    limits.statement = .seconds(60)
    return limits
  }()
}
