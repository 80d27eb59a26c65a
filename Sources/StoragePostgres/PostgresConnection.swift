import CPostgres
import Foundation
import Storage

/// One connection, used by one thread at a time.
///
/// Commands are queued and go to the server together (libpq's pipeline mode) when somebody waits for an answer, or when
/// ``flush()`` says so. Everything between two ``mark()``s is one flight: after its first failure the server skips the
/// rest of it.
final class PostgresConnection {
  let handle: OpaquePointer
  /// Which start of which server this leads to: the moment of it, to the microsecond.
  var server = ""
  /// How the session waits at COMMIT by itself: `on`, or more.
  var durability = "on"
  /// Whether COMMIT waits for the disk.
  private var waits = true
  private let limits: PostgresLimits
  private var parameters = PostgresParameters()
  private var prepared: PostgresPrepared
  /// What the server still owes an answer to, in order.
  private var owed: [Owed] = []

  private enum Owed {
    case preparation(PostgresPrepared.Key)
    case command(PostgresFailure.Command)
    case mark
  }

  init(handle: OpaquePointer, limits: PostgresLimits) {
    self.handle = handle
    self.limits = limits
    prepared = PostgresPrepared(most: limits.statements)
  }

  deinit { PQfinish(handle) }

  // MARK: Asking

  /// Queues one statement; the server prepares it when this connection runs it for the first time.
  ///
  /// - Parameter schema: what tables are named with; empty for a statement that names none or names them whole.
  func send(_ sql: SQL, schema: String = "", as command: PostgresFailure.Command = .statement) throws {
    try parameters.bind(sql.values)
    let key = PostgresPrepared.Key(text: sql.text, schema: schema)
    let name: PostgresPrepared.Name
    if let known = prepared.name(of: key) {
      name = known
    } else {
      name = prepared.add(key)
      let statement = PostgresStatement(sql.text, schema: schema)
      guard PQsendPrepare(handle, name.text, statement.text, 0, nil) == 1 else { throw isGone() }
      owed.append(.preparation(key))
    }
    let isSent = parameters.withPointers { count, values, lengths, formats in
      PQsendQueryPrepared(handle, name.text, count, values, lengths, formats, 1) == 1
    }
    guard isSent else { throw isGone() }
    owed.append(.command(command))
  }

  /// Ends a flight: what failed before does not keep the server from doing what comes after.
  func mark() throws {
    guard PQpipelineSync(handle) == 1 else { throw isGone() }
    owed.append(.mark)
  }

  /// Hands everything queued to the system without waiting for the answers.
  func flush() throws {
    while true {
      switch PQflush(handle) {
      case 0: return
      case 1: try wait(for: Int16(POLLIN | POLLOUT))
      default: throw isGone()
      }
    }
  }

  // MARK: Answers

  /// Waits until the server owes nothing. Queued statements must have been followed by ``mark()``.
  ///
  /// - Returns: the result of the last statement.
  /// - Throws: ``PostgresFailure`` of the first command that failed.
  @discardableResult
  func settle() throws -> PostgresResult {
    var last = PostgresResult(nil)
    var failure: PostgresFailure?
    var place = 0
    defer { owed.removeSubrange(..<place) }
    do {
      try flush()
      while place < owed.count {
        let (result, failed) = try answer(to: owed[place])
        place += 1
        if let result { last = result }
        if failure == nil { failure = failed }
      }
    } catch let later as PostgresFailure {
      // The first failure says why the connection went.
      throw failure ?? later
    }
    if let failure { throw failure }
    return last
  }

  /// Waits for one owed answer: its result, or how it failed.
  private func answer(to owed: Owed) throws -> (PostgresResult?, PostgresFailure?) {
    if case .mark = owed {
      let result = try next()
      defer { PQclear(result) }
      guard let result, PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw isGone() }
      return (nil, nil)
    }
    guard let result = try next() else { throw isGone() }
    let status = PQresultStatus(result)
    guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
      defer { PQclear(result) }
      return (nil, try failed(owed, status, result))
    }
    try end()
    switch owed {
    case .command(.commit) where String(cString: PQcmdStatus(result)) == "ROLLBACK":
      // Something failed and the act took it for nothing; the server kept none of it.
      PQclear(result)
      return (nil, .isOver)
    case .command: return (PostgresResult(result), nil)
    default:
      PQclear(result)
      return (nil, nil)
    }
  }

  /// Nil for what the server skipped because something before it had failed.
  private func failed(_ owed: Owed, _ status: ExecStatusType, _ result: OpaquePointer) throws
    -> PostgresFailure?
  {
    var command = PostgresFailure.Command.statement
    switch owed {
    case .preparation(let key): prepared.forget(key)
    case .command(let sent): command = sent
    case .mark: break
    }
    guard status != PGRES_PIPELINE_ABORTED else {
      try end()
      return nil
    }
    let failure = PostgresFailure(command, result)
    guard failure.sqlstate != nil else { throw isGone() }
    do {
      try end()
    } catch {
      // The server said why before it went.
      throw failure
    }
    return failure
  }

  /// The NULL that ends the answer to one command.
  private func end() throws {
    while let more = try next() { PQclear(more) }
  }

  private func next() throws -> OpaquePointer? {
    while PQisBusy(handle) == 1 { try wait(for: Int16(POLLIN)) }
    return PQgetResult(handle)
  }

  private func wait(for events: Int16) throws {
    // A little longer than the server lets a statement run: later than that nobody is there any more.
    let patience = limits.statement + .seconds(5)
    guard let seen = poll(PQsocket(handle), events, patience) else { throw isGone() }
    guard seen & ~Int16(POLLOUT) != 0, PQconsumeInput(handle) == 0 else { return }
    // What arrived before the end may still be read, and say why.
    if PQisBusy(handle) == 1 { throw isGone() }
  }

  /// Nobody is there any more; whether COMMIT was done cannot be told when it is among what is owed.
  func isGone() -> PostgresFailure {
    let commits = owed.contains {
      if case .command(.commit) = $0 { true } else { false }
    }
    return .silence(commits ? .commit : .statement)
  }

  /// Commits a transaction that says nothing, and returns when it and all that was committed before are durable.
  func flushLog() throws {
    // A transaction that has written nothing would not wait for the disk.
    try send("SELECT pg_logical_emit_message(true, 'cloakroom', '')")
    try mark()
    try settle()
  }

  /// Queues that COMMIT waits for the disk from now on, or does not; to be asked before BEGIN. Nothing is sent when it is so
  /// already.
  func setWaits(_ waits: Bool) throws {
    guard waits != self.waits else { return }
    try send("SELECT set_config('synchronous_commit', \(waits ? durability : "off"), false)")
    try mark()
    self.waits = waits
  }

  // MARK: Between two acts

  /// Makes the connection ready for the next act; throws when it is not worth using.
  func refresh() throws {
    if !owed.isEmpty { try settle() }
    for name in prepared.superfluous() {
      try control("DEALLOCATE \(name)")
    }
    // Nothing is to be read while nothing was asked: the server said good-bye, or spoke of its settings.
    guard poll(PQsocket(handle), Int16(POLLIN), .zero) != nil else { return }
    guard PQconsumeInput(handle) == 1 else { throw isGone() }
    try send("SELECT 1")
    try mark()
    try settle()
  }

  /// Queues and runs one statement that belongs to no act, and is not kept prepared.
  func control(_ text: String) throws {
    guard PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 1) == 1 else { throw isGone() }
    owed.append(.command(.statement))
    try mark()
    try settle()
  }
}
