import CPostgres
import Foundation
import Storage

extension PostgresConnection {
  /// Connects to the first host of the address that answers and takes us.
  ///
  /// - Throws: ``PostgresComplaint``, that of the last host.
  static func open(_ address: PostgresAddress, _ limits: PostgresLimits) throws -> PostgresConnection {
    var complaint = PostgresComplaint.away("no host")
    for host in address.hosts {
      do {
        return try open(address, host, limits)
      } catch let other as PostgresComplaint {
        complaint = other
      }
    }
    throw complaint
  }

  private static func open(
    _ address: PostgresAddress,
    _ host: PostgresAddress.Host,
    _ limits: PostgresLimits
  ) throws -> PostgresConnection {
    let handle = try start(address.options(for: host))
    let connection = PostgresConnection(handle: handle, limits: limits)
    // SQLSTATE alone tells the reasons apart in every language of the server.
    PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    let end = ContinuousClock.now + limits.connecting
    waiting: while true {
      let state = PQconnectPoll(handle)
      let events: Int16
      switch state {
      case PGRES_POLLING_OK: break waiting
      case PGRES_POLLING_READING: events = Int16(POLLIN)
      case PGRES_POLLING_WRITING: events = Int16(POLLOUT)
      default:
        throw PostgresComplaint(
          words: String(cString: PQerrorMessage(handle)),
          user: address.user,
          database: address.database
        )
      }
      let left = end - .now
      guard left > .zero, poll(PQsocket(handle), events, left) != nil else {
        throw PostgresComplaint.away("no answer within \(limits.connecting)")
      }
    }
    let version = Int(PQserverVersion(handle))
    guard version >= 130_000 else { throw PostgresComplaint.tooOld(version) }
    guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
      throw PostgresComplaint.away("no pipeline mode")
    }
    try connection.furnish(limits)
    return connection
  }

  private static func start(_ options: [String: String]) throws -> OpaquePointer {
    let (keys, values) = (Array(options.keys), Array(options.values))
    let copies = (keys + values).map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let words = copies.map { $0.map { UnsafePointer($0) } }
    guard
      let handle = PQconnectStartParams(
        Array(words[..<keys.count]) + [nil],
        Array(words[keys.count...]) + [nil],
        0
      )
    else { throw PostgresComplaint.away("no memory") }
    return handle
  }

  /// The session's settings. By statement and not at sign-in, which some connection poolers would refuse.
  ///
  /// Statements are planned once for each connection and not for their values: the look at the book has so many branches
  /// that planning it anew cost a fifth of PostgreSQL's work for a booking.
  private func furnish(_ limits: PostgresLimits) throws {
    let settings: SQL = """
      SELECT set_config('search_path', '', false), set_config('jit', 'off', false),
        set_config('plan_cache_mode', 'force_generic_plan', false),
        set_config('idle_in_transaction_session_timeout', \(limits.standingStill.setting), false),
        set_config('lock_timeout', \(limits.holding.setting), false),
        set_config('statement_timeout', \(limits.statement.setting), false),
        set_config('synchronous_commit',
          CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' WHEN 'local' THEN 'on'
            ELSE current_setting('synchronous_commit') END, false),
        current_setting('fsync'), pg_postmaster_start_time()::text,
        set_config('default_transaction_isolation', 'read committed', false),
        set_config('default_transaction_read_only', 'off', false),
        current_setting('synchronous_commit')
      """
    do {
      try send(settings)
      try mark()
      var isDurable = false
      try settle().rows {
        isDurable = $0.text(7) == "on"
        server = $0.text(8)
        durability = $0.text(11)
      }
      guard isDurable else { throw PostgresComplaint.forgetful }
    } catch let failure as PostgresFailure {
      throw failure.sqlstate.map(PostgresComplaint.refused) ?? .away("the connection was lost at once")
    }
  }
}

extension Duration {
  fileprivate var setting: String { "\(milliseconds)ms" }
}

extension PostgresAddress {
  fileprivate func options(for host: Host) -> [String: String] {
    // What the address does not say: a partner that has vanished is noticed, and no ticket server is asked.
    var options = [
      "application_name": "cloakroom", "gssencmode": "disable", "keepalives_idle": "15",
      "keepalives_interval": "5",
      "keepalives_count": "3", "tcp_user_timeout": "15000",
    ]
    options.merge(settings) { $1 }
    options["client_encoding"] = "UTF8"
    options["user"] = user
    options["dbname"] = database
    options["password"] = password
    options["host"] = host.name.isEmpty ? nil : host.name
    options["hostaddr"] = host.address
    options["port"] = host.port
    return options
  }
}
