package import People
package import Primitives

/// A signed-in device. The token itself is nowhere; only its keyed hash.
package struct SessionRecord: Sendable, Hashable {
  package let id: Identifier
  package let staff: Slug
  package let device: Identifier
  package let method: SignInMethod
  /// A keyed hash of the network it began from.
  package let network: [UInt8]
  package let startedAt: Instant
  package let seenAt: Instant
  /// When the person last proved who they are, with two factors.
  package let provedAt: Instant
  package let lockedAt: Instant?
  package let unusual: [UnusualSign]

  package init(
    id: Identifier,
    staff: Slug,
    device: Identifier,
    method: SignInMethod,
    network: [UInt8],
    startedAt: Instant,
    seenAt: Instant,
    provedAt: Instant,
    lockedAt: Instant? = nil,
    unusual: [UnusualSign] = []
  ) {
    self.id = id
    self.staff = staff
    self.device = device
    self.method = method
    self.network = network
    self.startedAt = startedAt
    self.seenAt = seenAt
    self.provedAt = provedAt
    self.lockedAt = lockedAt
    self.unusual = unusual
  }
}

extension Records {
  /// A session nobody has ended, of an account that is active; why that account's password must be changed, by when its role
  /// must be confirmed, and leave of its person that is open.
  package func openSession(tokenHash: [UInt8], now: Instant) throws -> (
    session: SessionRecord, passwordDue: PasswordDue?, reviewDueAt: Instant?, leaves: [Leave]
  )? {
    let rows = try all(
      """
      SELECT \(columns), coalesce(staff.password_due, ''), standing.review_due_at, leave.id, coalesce(leave.kind, ''),
        coalesce(leave.verbs, ''), coalesce(leave.level, ''), leave."until"
      FROM session JOIN staff ON staff.id = session.staff AND staff.active = 1
        LEFT JOIN standing ON standing.staff = session.staff
        LEFT JOIN leave ON leave.staff = session.staff AND leave.state = 'open' AND leave."until" > \(now)
      WHERE session.token_hash = \(tokenHash) AND session.ended_at IS NULL
      """
    ) { row in
      let word = row.text(10)
      let due = PasswordDue(rawValue: word)
      guard due != nil || word.isEmpty else { throw StorageFault.damaged("staff.password_due") }
      return (
        session: try sessionRow(row), due: due, review: row.optionalInstant(11),
        leave: try openLeave(row, from: 12)
      )
    }
    guard let first = rows.first else { return nil }
    return (first.session, first.due, first.review, rows.compactMap(\.leave))
  }

  /// One session, ended or not, with the kind of browser it was begun in.
  package func session(_ id: Identifier) throws -> (session: SessionRecord, kind: String)? {
    try first(
      """
      SELECT \(columns), device.kind FROM session JOIN device ON device.id = session.device WHERE session.id = \(id)
      """
    ) { (try sessionRow($0), $0.text(10)) }
  }

  /// Whether there is such a session, of an account that is active, that nobody has ended.
  package func sessionStands(_ id: Identifier) throws -> Bool {
    try first(
      """
      SELECT 1 FROM session JOIN staff ON staff.id = session.staff AND staff.active = 1
      WHERE session.id = \(id) AND session.ended_at IS NULL
      """
    ) { _ in true } ?? false
  }

  /// When somebody was last seen in any session; nil when there never was one.
  package func lastSeen(_ staff: Slug) throws -> Instant? {
    try first("SELECT max(seen_at) FROM session WHERE staff = \(staff)") { $0.optionalInstant(0) } ?? nil
  }

  /// Somebody's sessions that nobody has ended and that began since, newest first.
  package func openSessions(of staff: Slug, since: Instant) throws -> [SessionRecord] {
    try all(
      """
      SELECT \(columns) FROM session
      WHERE session.staff = \(staff) AND session.ended_at IS NULL AND session.started_at >= \(since)
      ORDER BY session.started_at DESC, session.id
      """,
      sessionRow
    )
  }

  /// Somebody's sessions, ended or not, that began since, newest first.
  package func sessions(of staff: Slug, since: Instant) throws -> [SessionRecord] {
    try all(
      """
      SELECT \(columns) FROM session WHERE session.staff = \(staff) AND session.started_at >= \(since)
      ORDER BY session.started_at DESC, session.id
      """,
      sessionRow
    )
  }
}

extension Changes {
  package func add(_ session: SessionRecord, tokenHash: [UInt8]) throws {
    try write(
      """
      INSERT INTO session (id, token_hash, staff, device, method, network, started_at, seen_at, proved_at, unusual)
      VALUES (\(session.id), \(tokenHash), \(session.staff), \(session.device), \(session.method.rawValue),
        \(session.network), \(session.startedAt), \(session.seenAt), \(session.provedAt),
        \(session.unusual.map(\.rawValue).joined(separator: " ")))
      """
    )
  }

  package func touchSession(_ id: Identifier, at now: Instant) throws {
    try write(
      "UPDATE session SET seen_at = \(now) WHERE id = \(id) AND ended_at IS NULL AND seen_at < \(now)"
    )
  }

  /// Gives a session a new token after its person has proved who they are; the old token opens nothing from
  /// now on.
  ///
  /// False when it has ended meanwhile or its token is another one by now.
  package func renewSession(
    _ id: Identifier,
    from oldHash: [UInt8],
    to newHash: [UInt8],
    provedAt now: Instant
  ) throws -> Bool {
    try run(
      """
      UPDATE session SET token_hash = \(newHash), seen_at = \(now), proved_at = \(now), locked_at = NULL
      WHERE id = \(id) AND token_hash = \(oldHash) AND ended_at IS NULL
      """
    ) == 1
  }

  /// False when it was locked or had ended before.
  package func lockSession(_ id: Identifier, at now: Instant) throws -> Bool {
    try run(
      "UPDATE session SET locked_at = \(now) WHERE id = \(id) AND locked_at IS NULL AND ended_at IS NULL"
    ) == 1
  }

  /// False when it had ended before.
  package func endSession(_ id: Identifier, at now: Instant) throws -> Bool {
    try run("UPDATE session SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") == 1
  }

  /// - Returns: how many ended.
  @discardableResult
  package func endSessions(onDevice device: Identifier, at now: Instant) throws -> Int {
    try run("UPDATE session SET ended_at = \(now) WHERE device = \(device) AND ended_at IS NULL")
  }

  /// - Parameter spared: the session that goes on, for "everywhere else".
  /// - Returns: how many ended.
  @discardableResult
  package func endSessions(of staff: Slug, except spared: Identifier? = nil, at now: Instant) throws -> Int {
    var sql: SQL = "UPDATE session SET ended_at = \(now) WHERE staff = \(staff) AND ended_at IS NULL"
    if let spared { sql += " AND id <> \(spared)" }
    return try run(sql)
  }
}

private let columns = SQLText(
  """
  session.id, session.staff, session.device, session.method, session.network, session.started_at, session.seen_at,
  session.proved_at, session.locked_at, session.unusual
  """
)

private func sessionRow(_ row: any Row) throws -> SessionRecord {
  guard let method = SignInMethod(rawValue: row.text(3)) else { throw StorageFault.damaged("session.method") }
  return SessionRecord(
    id: try row.identifier(0),
    staff: try row.slug(1),
    device: try row.identifier(2),
    method: method,
    network: row.bytes(4),
    startedAt: row.instant(5),
    seenAt: row.instant(6),
    provedAt: row.instant(7),
    lockedAt: row.optionalInstant(8),
    unusual: row.text(9).split(separator: " ").compactMap { UnusualSign(rawValue: String($0)) }
  )
}
