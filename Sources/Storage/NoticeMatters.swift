package import Primitives

/// A sign-in as the messages about it tell it.
package struct NoticedSignIn: Sendable, Hashable {
  package let staff: Slug
  /// "Firefox on Linux".
  package let kind: String
  package let startedAt: Instant
  /// Words of a closed set.
  package let unusual: [String]
}

/// What notices are about.
extension Records {
  package func noticedSignIn(_ session: Identifier) throws -> NoticedSignIn? {
    try first(
      """
      SELECT session.staff, device.kind, session.started_at, session.unusual
      FROM session JOIN device ON device.id = session.device WHERE session.id = \(session)
      """
    ) { row in
      NoticedSignIn(
        staff: try row.slug(0),
        kind: row.text(1),
        startedAt: row.instant(2),
        unusual: row.text(3).split(separator: " ").map(String.init)
      )
    }
  }

  /// Whose sign-in a finding is about, as long as nobody has settled it.
  package func noticedFinding(_ id: Identifier) throws -> Slug? {
    try first("SELECT staff FROM finding WHERE id = \(id) AND settled_at IS NULL") { try $0.slug(0) }
  }

  /// Whose session, invite, finding, passkey or account this is; nil when the row is gone.
  package func holder(of about: Identifier) throws -> Slug? {
    try first(
      """
      SELECT staff FROM session WHERE id = \(about)
      UNION ALL SELECT staff FROM invite WHERE id = \(about)
      UNION ALL SELECT staff FROM finding WHERE id = \(about)
      UNION ALL SELECT staff FROM passkey WHERE id = \(about)
      UNION ALL SELECT staff FROM device WHERE id = \(about)
      UNION ALL SELECT staff FROM leave WHERE id = \(about)
      UNION ALL SELECT id FROM staff WHERE subject = \(about)
      LIMIT 1
      """
    ) { try $0.slug(0) }
  }
}
