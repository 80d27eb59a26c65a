import Storage

/// Statements that read, each waited for; inside ``snapshot(_:)`` all of them from one.
final class PostgresReading: Records {
  private let connection: PostgresConnection
  private let schema: String
  private let trace: StatementTrace?
  /// Why the body cannot go on, whatever it makes of it.
  private var consequence: PostgresConsequence?

  init(_ connection: PostgresConnection, schema: String, trace: StatementTrace?) {
    self.connection = connection
    self.schema = schema
    self.trace = trace
  }

  func rows(_ sql: SQL, _ each: (any Row) throws -> Void) throws {
    if let consequence { throw consequence }
    trace?(sql.text)
    let result: PostgresResult
    do {
      try connection.send(sql, schema: schema, as: .awaited)
      try connection.mark()
      result = try connection.settle()
    } catch let failure as PostgresFailure {
      if case .fault(let fault) = failure.consequence { throw fault }
      consequence = failure.consequence
      throw failure.consequence
    }
    try result.rows(each)
  }

  /// Runs the body; its loss of the connection outweighs what it made of it.
  func run<Answer>(_ body: (any Records) throws -> Answer) throws -> Answer {
    do {
      let answer = try body(self)
      if let consequence { throw consequence }
      return answer
    } catch {
      throw consequence ?? error
    }
  }

  /// Runs the body in a read-only transaction whose every statement sees one state.
  ///
  /// BEGIN goes with the first statement, and nobody waits for COMMIT: a snapshot costs no trip of its own.
  func snapshot<Answer>(_ body: (any Records) throws -> Answer) throws -> Answer {
    try connection.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    defer { end() }
    return try run(body)
  }

  /// What failed is rolled back by COMMIT, too.
  private func end() {
    switch consequence {
    case .lost, .stale: return
    default: break
    }
    guard (try? connection.send("COMMIT")) != nil, (try? connection.mark()) != nil else { return }
    try? connection.flush()
  }
}
