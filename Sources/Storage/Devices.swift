package import Primitives

/// A browser that somebody has signed in with. Its token is nowhere; only a keyed hash that names the person
/// too.
package struct DeviceRow: Sendable, Hashable {
  package let id: Identifier
  package let staff: Slug
  /// "Firefox on Linux", from a closed set.
  package let kind: String
  package let network: [UInt8]
  package let madeAt: Instant
  package let seenAt: Instant

  package init(
    id: Identifier,
    staff: Slug,
    kind: String,
    network: [UInt8],
    madeAt: Instant,
    seenAt: Instant
  ) {
    self.id = id
    self.staff = staff
    self.kind = kind
    self.network = network
    self.madeAt = madeAt
    self.seenAt = seenAt
  }
}

extension Records {
  /// One that has not been forgotten and was seen since.
  package func device(tokenHash: [UInt8], of staff: Slug, since: Instant) throws -> DeviceRow? {
    try first(
      """
      SELECT \(columns) FROM device
      WHERE token_hash = \(tokenHash) AND staff = \(staff) AND forgotten_at IS NULL AND seen_at >= \(since)
      """,
      deviceRow
    )
  }

  /// Somebody's, the one seen last first.
  package func devices(of staff: Slug, since: Instant) throws -> [DeviceRow] {
    try all(
      """
      SELECT \(columns) FROM device
      WHERE staff = \(staff) AND forgotten_at IS NULL AND seen_at >= \(since) ORDER BY seen_at DESC, id
      """,
      deviceRow
    )
  }
}

extension Records {
  /// Somebody's browsers that were new since, forgotten ones too.
  package func devicesMade(by staff: Slug, since: Instant) throws -> Set<Identifier> {
    Set(
      try all("SELECT id FROM device WHERE staff = \(staff) AND made_at >= \(since)") { try $0.identifier(0) }
    )
  }

  /// Whose of these stored forms are there, and which of them are good still.
  package func devices(tokenHashes: [[UInt8]], since: Instant) throws -> [(tokenHash: [UInt8], isGood: Bool)]
  {
    try all(
      """
      SELECT token_hash, forgotten_at, seen_at FROM device WHERE token_hash IN (\(list: tokenHashes.map(Value.blob)))
      """
    ) { ($0.bytes(0), $0.optionalInstant(1) == nil && $0.instant(2) >= since) }
  }
}

extension Records {
  /// In which kind of browser each of these sessions was, as long as it is remembered and nobody has forgotten it.
  package func deviceKinds(of sessions: [Identifier]) throws -> [Identifier: String] {
    let found = try all(
      """
      SELECT session.id, device.kind FROM session JOIN device ON device.id = session.device
      WHERE session.id IN (\(list: sessions.map { Value.blob($0.bytes) })) AND device.forgotten_at IS NULL
      """
    ) { (try $0.identifier(0), $0.text(1)) }
    return Dictionary(found) { first, _ in first }
  }
}

extension Changes {
  package func add(_ device: DeviceRow, tokenHash: [UInt8]) throws {
    try write(
      """
      INSERT INTO device (id, token_hash, staff, kind, network, made_at, seen_at)
      VALUES (\(device.id), \(tokenHash), \(device.staff), \(device.kind), \(device.network), \(device.madeAt),
        \(device.seenAt))
      """
    )
  }

  package func touchDevice(_ id: Identifier, kind: String, network: [UInt8], at now: Instant) throws {
    try write(
      "UPDATE device SET kind = \(kind), network = \(network), seen_at = \(now) WHERE id = \(id) AND seen_at <= \(now)"
    )
  }

  /// A new token for a browser that has lost the one it had.
  package func renewDevice(_ id: Identifier, tokenHash: [UInt8]) throws {
    try write("UPDATE device SET token_hash = \(tokenHash) WHERE id = \(id)")
  }

  /// False when it is not this person's or was forgotten before.
  package func forgetDevice(_ id: Identifier, of staff: Slug, at now: Instant) throws -> Bool {
    try run(
      "UPDATE device SET forgotten_at = \(now) WHERE id = \(id) AND staff = \(staff) AND forgotten_at IS NULL"
    ) == 1
  }

  package func forgetDevices(of staff: Slug, at now: Instant) throws {
    try write("UPDATE device SET forgotten_at = \(now) WHERE staff = \(staff) AND forgotten_at IS NULL")
  }
}

private let columns = SQLText("id, staff, kind, network, made_at, seen_at")

private func deviceRow(_ row: any Row) throws -> DeviceRow {
  DeviceRow(
    id: try row.identifier(0),
    staff: try row.slug(1),
    kind: row.text(2),
    network: row.bytes(3),
    madeAt: row.instant(4),
    seenAt: row.instant(5)
  )
}
