/// How long things may take and how much is kept; the defaults are those of a server in earnest.
package struct PostgresLimits: Sendable {
  /// One attempt to connect, for each host that the address names.
  package var connecting: Duration = .seconds(5)
  /// How long after its beginning an act may still be run again when its connection was lost.
  package var persisting: Duration = .seconds(5)
  /// How long an act waits for a connection.
  package var waiting: Duration = .seconds(5)
  /// How long the server lets a transaction stand still before it ends it and its connection.
  package var standingStill: Duration = .seconds(10)
  /// How long a statement waits for what another transaction holds.
  package var holding: Duration = .seconds(5)
  /// How long one statement may run.
  package var statement: Duration = .seconds(15)
  /// How long a connection that nobody needs is kept.
  package var idle: Duration = .seconds(60)
  /// How many statements a connection keeps prepared between two acts.
  package var statements = 200
  /// How long acts that do not wait for the disk themselves are gathered for one that does.
  package var gathering: Duration = .milliseconds(6)
  /// How often the record of acts is brought into order.
  package var sequencing: Duration = .milliseconds(200)

  package init() {}
}

extension Duration {
  /// Whole milliseconds, at least one.
  var milliseconds: Int64 {
    max(1, components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
  }

  var seconds: Double { Double(milliseconds) / 1_000 }
}
