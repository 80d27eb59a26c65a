package import Booking
package import People
package import Primitives
package import Vault

/// What one member of staff asked for or took beyond their role, and what became of it.
package struct LeaveRow: Sendable {
  package let id: Identifier
  package let staff: Slug
  package let kind: Leave.Kind
  package let verbs: Set<Verb>
  package let level: Level
  /// Sealed under the keys of whoever asks, as the note is.
  package let reason: Sealed
  package let minutes: Int
  package let askedAt: Instant
  package internal(set) var state: LeaveState
  package internal(set) var until: Instant?
  package internal(set) var decidedBy: Slug?
  package internal(set) var decidedAt: Instant?
  package internal(set) var endedAt: Instant?
  package internal(set) var reviewedBy: Slug?
  package internal(set) var reviewedAt: Instant?
  package internal(set) var review: LeaveReview?
  package internal(set) var note: Sealed?

  /// A question, or an emergency that is open at once (`until`).
  package init(
    id: Identifier,
    staff: Slug,
    kind: Leave.Kind,
    verbs: Set<Verb>,
    level: Level,
    reason: Sealed,
    minutes: Int,
    askedAt: Instant,
    until: Instant? = nil
  ) {
    self.id = id
    self.staff = staff
    self.kind = kind
    self.verbs = verbs
    self.level = level
    self.reason = reason
    self.minutes = minutes
    self.askedAt = askedAt
    self.until = until
    state = until == nil ? .asked : .open
  }

  /// Whether it opens anything now.
  package func isOpen(now: Instant) -> Bool { state == .open && until.map { now < $0 } ?? false }

  /// Whether an answer still counts.
  package func isWaiting(now: Instant) -> Bool { state == .asked && now < askedAt + LeaveRule.patience }

  /// Whether somebody else has still to look at it.
  package var needsReview: Bool { kind == .emergency && reviewedAt == nil }
}

extension Leave {
  /// What it opens; nil for a question.
  package init?(_ row: LeaveRow) {
    guard let until = row.until else { return nil }
    self.init(id: row.id, kind: row.kind, verbs: row.verbs, level: row.level, until: until)
  }
}
