package import Primitives

/// Whether somebody's access still stands: by when their role must be confirmed, and when they were last here.
package struct Standing: Sendable, Hashable {
  package let staff: Slug
  package let reviewDueAt: Instant
  package let reviewedAt: Instant?
  package let reviewedBy: Slug?
  package let seenAt: Instant

  package init(staff: Slug, reviewDueAt: Instant, reviewedAt: Instant?, reviewedBy: Slug?, seenAt: Instant) {
    self.staff = staff
    self.reviewDueAt = reviewDueAt
    self.reviewedAt = reviewedAt
    self.reviewedBy = reviewedBy
    self.seenAt = seenAt
  }
}

extension Records {
  package func standings() throws -> [Slug: Standing] {
    let found = try all("SELECT \(columns) FROM standing", standingRow)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.staff, $0) })
  }

  package func standing(of staff: Slug) throws -> Standing? {
    try first("SELECT \(columns) FROM standing WHERE staff = \(staff)", standingRow)
  }
}

extension Changes {
  /// Begins the standing of everybody who has none yet.
  package func beginStandings(reviewDueAt due: Instant, at now: Instant) throws {
    try write(
      """
      INSERT INTO standing (staff, review_due_at, seen_at)
      SELECT id, \(due), \(now) FROM staff
      WHERE active = 1 AND NOT EXISTS (SELECT 1 FROM standing WHERE standing.staff = staff.id)
      """
    )
  }

  /// Notes that somebody has signed in or was let back in.
  package func touchStanding(of staff: Slug, reviewDueAt due: Instant, at now: Instant) throws {
    try write(
      """
      INSERT INTO standing (staff, review_due_at, seen_at) VALUES (\(staff), \(due), \(now))
      ON CONFLICT (staff) DO UPDATE SET seen_at = excluded.seen_at
      """
    )
  }

  /// Notes that somebody has looked at a person's role, and until when it is good.
  package func review(_ staff: Slug, until due: Instant, by reviewer: Slug, at now: Instant) throws {
    try write(
      """
      INSERT INTO standing (staff, review_due_at, reviewed_at, reviewed_by, seen_at)
      VALUES (\(staff), \(due), \(now), \(reviewer), \(now))
      ON CONFLICT (staff) DO UPDATE SET review_due_at = excluded.review_due_at, reviewed_at = excluded.reviewed_at,
        reviewed_by = excluded.reviewed_by
      """
    )
  }
}

private let columns = SQLText("staff, review_due_at, reviewed_at, coalesce(reviewed_by, ''), seen_at")

private func standingRow(_ row: any Row) throws -> Standing {
  Standing(
    staff: try row.slug(0),
    reviewDueAt: row.instant(1),
    reviewedAt: row.optionalInstant(2),
    reviewedBy: Slug(row.text(3)),
    seenAt: row.instant(4)
  )
}
