package import Primitives

/// What makes an invite a recovery: it is for somebody who has signed in here before, and waits.
package struct Recovery: Sendable, Hashable {
  package let askedBy: Slug
  package let opensAt: Instant
  /// Who let it open before its time: neither who asked nor whose it is.
  package let openedBy: Slug?

  package init(askedBy: Slug, opensAt: Instant, openedBy: Slug? = nil) {
    self.askedBy = askedBy
    self.opensAt = opensAt
    self.openedBy = openedBy
  }
}

extension Records {
  /// Whether somebody has ever taken an invite up, since they came or came back.
  package func hasTakenUp(_ staff: Slug) throws -> Bool {
    try first("SELECT taken_up FROM staff WHERE id = \(staff)") { $0.bool(0) } ?? false
  }

  /// Everybody of whom that is true.
  package func takenUp() throws -> Set<Slug> {
    Set(try all("SELECT id FROM staff WHERE taken_up = 1") { try $0.slug(0) })
  }
}

extension Changes {
  package func markTakenUp(_ staff: Slug) throws {
    try write("UPDATE staff SET taken_up = 1 WHERE id = \(staff)")
  }

  /// Lets a recovery open before its time; false when it is none that waits still.
  package func openRecovery(_ id: Identifier, by person: Slug, at now: Instant, until end: Instant) throws
    -> Bool
  {
    try run(
      """
      UPDATE invite SET opens_at = \(now), opened_by = \(person), expires_at = \(end)
      WHERE id = \(id) AND spent_at IS NULL AND opens_at > \(now)
      """
    ) == 1
  }

  /// Ends a recovery; false when it was taken up or ended before.
  package func endRecovery(_ id: Identifier, at now: Instant) throws -> Bool {
    try run(
      "UPDATE invite SET spent_at = \(now) WHERE id = \(id) AND spent_at IS NULL AND opens_at IS NOT NULL"
    ) == 1
  }
}
