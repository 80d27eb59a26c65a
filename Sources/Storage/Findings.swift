package import People
package import Primitives

extension Records {
  /// Nobody has settled them yet, newest first.
  package func openFindings() throws -> [Finding] {
    try all(
      "SELECT id, staff, signs, found_at FROM finding WHERE settled_at IS NULL ORDER BY id DESC",
      finding
    )
  }

  package func openFindings(of staff: Slug) throws -> [Finding] {
    try all(
      """
      SELECT id, staff, signs, found_at FROM finding WHERE staff = \(staff) AND settled_at IS NULL ORDER BY id DESC
      """,
      finding
    )
  }

  package func openFinding(_ id: Identifier) throws -> Finding? {
    try first(
      "SELECT id, staff, signs, found_at FROM finding WHERE id = \(id) AND settled_at IS NULL",
      finding
    )
  }

  /// When somebody last settled one; nil when nobody ever has.
  package func lastSettledFinding(of staff: Slug) throws -> Instant? {
    try first("SELECT max(settled_at) FROM finding WHERE staff = \(staff)") { $0.optionalInstant(0) } ?? nil
  }

  /// Somebody's sessions that began since as far as sharing is told by them, the newest.
  ///
  /// - Parameter openSince: those that began before are too old to be open.
  package func sights(
    of staff: Slug,
    since: Instant,
    openSince: Instant,
    atMost: Int
  ) throws -> [SessionSight] {
    try all(
      """
      SELECT device, network, started_at, seen_at, ended_at FROM session
      WHERE staff = \(staff) AND started_at >= \(since) ORDER BY started_at DESC, id LIMIT \(atMost)
      """
    ) { row in
      SessionSight(
        device: try row.identifier(0),
        network: row.bytes(1),
        startedAt: row.instant(2),
        seenAt: row.instant(3),
        isOpen: row.optionalInstant(4) == nil && row.instant(2) >= openSince
      )
    }
  }

  /// Whether there is an open one, or one that an owner explained since.
  package func isKnownFinding(of staff: Slug, explainedSince: Instant) throws -> Bool {
    try first(
      """
      SELECT 1 FROM finding WHERE staff = \(staff)
      AND (settled_at IS NULL OR (settled_as = 'explained' AND settled_at >= \(explainedSince)))
      """
    ) { _ in true } ?? false
  }
}

extension Changes {
  package func add(_ finding: Finding) throws {
    try write(
      """
      INSERT INTO finding (id, kind, staff, signs, found_at)
      VALUES (\(finding.id), 'shared-login', \(finding.staff),
        \(finding.signs.map(\.rawValue).joined(separator: " ")), \(finding.foundAt))
      """
    )
  }

  /// False when it was settled before.
  package func settleFinding(_ id: Identifier, as outcome: FindingOutcome, at now: Instant) throws -> Bool {
    try run(
      """
      UPDATE finding SET settled_at = \(now), settled_as = \(outcome.rawValue)
      WHERE id = \(id) AND settled_at IS NULL
      """
    ) == 1
  }
}

private func finding(_ row: any Row) throws -> Finding {
  Finding(
    id: try row.identifier(0),
    staff: try row.slug(1),
    signs: row.text(2).split(separator: " ").compactMap { SharedLoginSign(rawValue: String($0)) },
    foundAt: row.instant(3)
  )
}
