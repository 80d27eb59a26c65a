import Primitives
import Storage

/// One act's transaction on one connection.
///
/// BEGIN, what is held and writes whose count nobody asks for go with the next statement that is waited for, or with
/// COMMIT. When one of those turns out to have been refused the whole act is run again carefully, each statement waited
/// for, so that the refusal shows up at the very statement, as it would on SQLite.
final class PostgresTransaction: Changes {
  private let connection: PostgresConnection
  private let schema: String
  private let isCareful: Bool
  private let trace: StatementTrace?
  private let flush: PostgresFlush?

  private var hasBegun = false
  /// Statements were queued that nobody has waited for.
  private var hasWaiting = false
  /// Why the body cannot go on, whatever it makes of it.
  private var consequence: PostgresConsequence?
  private(set) var hasRecorded = false
  /// After ``run(_:)``: who waits for the disk, when the act did not.
  private(set) var ticket: PostgresFlush.Ticket?

  /// - Parameter flush: is to wait for the disk if it can; nil when the act is to do so itself.
  init(
    _ connection: PostgresConnection,
    schema: String,
    isCareful: Bool,
    flush: PostgresFlush? = nil,
    trace: StatementTrace?
  ) {
    self.connection = connection
    self.schema = schema
    self.isCareful = isCareful
    self.flush = flush
    self.trace = trace
  }

  /// Runs the body and commits what it wrote, or nothing.
  ///
  /// - Throws: what the body threw; ``PostgresConsequence`` when it is to be run again or cannot be.
  func run<Answer>(_ body: (any Changes) throws -> Answer) throws -> Answer {
    do {
      let answer: Answer
      do {
        answer = try body(self)
      } catch {
        try rollBack()
        throw error
      }
      if let consequence { throw consequence }
      try commit()
      return answer
    } catch {
      leave()
      throw consequence ?? error
    }
  }

  // MARK: Changes

  func hold(_ things: [Held]) throws {
    guard !things.isEmpty else { return }
    try queue(PostgresLocks(things, schema: schema).statement, schema: "")
    if isCareful { try wait() }
  }

  func rows(_ sql: SQL, _ each: (any Row) throws -> Void) throws {
    try ask(sql).rows(each)
  }

  func run(_ sql: SQL) throws -> Int { try ask(sql).changed }

  func write(_ sql: SQL) throws {
    guard !isCareful else {
      _ = try ask(sql)
      return
    }
    trace?(sql.text)
    try queue(sql, schema: schema)
  }

  func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch {
      try rollBack()
      hasRecorded = false
      throw error
    }
  }

  func record(_ entry: [UInt8]) throws {
    hasRecorded = true
    do {
      try write("INSERT INTO audit_waiting (entry) VALUES (\(entry))")
    } catch StorageFault.constraint(let name) {
      // No audit, no data: nothing of the act is at fault, the record cannot be kept now.
      throw StorageFault.away("audit entry refused: \(name)")
    }
  }

  // MARK: To the server

  private func ask(_ sql: SQL) throws -> PostgresResult {
    trace?(sql.text)
    try queue(sql, schema: schema, as: .awaited)
    return try wait()
  }

  private func queue(_ sql: SQL, schema: String, as command: PostgresFailure.Command = .statement) throws {
    if let consequence { throw consequence }
    do {
      if !hasBegun {
        try connection.setWaits(flush == nil)
        try connection.send("BEGIN")
        hasBegun = true
      }
      try connection.send(sql, schema: schema, as: command)
      hasWaiting = true
    } catch let failure as PostgresFailure {
      throw follow(failure)
    }
  }

  @discardableResult
  private func wait() throws -> PostgresResult {
    do {
      try connection.mark()
      hasWaiting = false
      return try connection.settle()
    } catch let failure as PostgresFailure {
      throw follow(failure)
    }
  }

  /// What the body is to see; what it must not be able to swallow is kept.
  private func follow(_ failure: PostgresFailure) -> any Error {
    var consequence = failure.consequence
    if case .fault(.constraint) = consequence, failure.command != .awaited, !isCareful {
      consequence = .careful
    }
    if case .fault(let fault) = consequence { return fault }
    self.consequence = consequence
    return consequence
  }

  /// Undoes everything so far. What nobody has waited for is waited for first: it may have been refused before the body
  /// changed its mind.
  private func rollBack() throws {
    if let consequence { throw consequence }
    guard hasBegun else { return }
    if hasWaiting { try wait() }
    do {
      try connection.send("ROLLBACK")
      try connection.mark()
      try connection.flush()
      hasBegun = false
    } catch let failure as PostgresFailure {
      throw follow(failure)
    }
  }

  private func commit() throws {
    guard hasBegun else { return }
    let ticket = flush?.ticket(for: connection.server)
    do {
      if flush != nil, ticket == nil {
        try connection.send("SELECT set_config('synchronous_commit', \(connection.durability), true)")
      }
      try connection.send("COMMIT", as: .commit)
      try connection.mark()
      try connection.settle()
      hasBegun = false
      self.ticket = ticket
    } catch let failure as PostgresFailure {
      ticket?.handBack()
      throw follow(failure)
    }
  }

  /// Ends what is still open on a connection that will be used again; nobody waits for the answer.
  private func leave() {
    switch consequence {
    case .lost, .stale: return
    default: break
    }
    guard hasBegun, (try? connection.mark()) != nil, (try? connection.send("ROLLBACK")) != nil,
      (try? connection.mark()) != nil
    else { return }
    try? connection.flush()
  }
}
