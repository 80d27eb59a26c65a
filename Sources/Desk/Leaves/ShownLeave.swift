package import People
package import Primitives
import Storage

/// One question, leave or emergency as pages show it.
package struct ShownLeave: Sendable {
  /// How it stands now.
  package enum Standing: Hashable, Sendable {
    /// For an answer.
    case waiting
    /// Nobody answered within a day.
    case unanswered
    case declined
    case open(until: Instant)
    /// Its time is over.
    case over(at: Instant)
    /// Before its time.
    case ended(at: Instant)
  }

  package let id: Identifier
  package let staff: Slug
  package let isEmergency: Bool
  /// What was asked for; nil for an emergency.
  package let wish: LeaveWish?
  package let minutes: Int
  package let askedAt: Instant
  package let standing: Standing
  package let review: LeaveReview?
  package let needsReview: Bool
  /// In their own words; nil on one's own list, and once their keys are gone.
  package let reason: String?
  /// What was done by virtue of it, the newest first: for an emergency that waits to be looked at.
  package let uses: [RecordEntry]

  init(_ row: LeaveRow, reason: String?, uses: [RecordEntry] = [], now: Instant) {
    id = row.id
    staff = row.staff
    isEmergency = row.kind == .emergency
    wish = LeaveWish(verbs: row.verbs, level: row.level)
    minutes = row.minutes
    askedAt = row.askedAt
    review = row.review
    needsReview = row.needsReview
    self.reason = reason
    self.uses = uses
    standing =
      switch row.state {
      case .asked: row.isWaiting(now: now) ? .waiting : .unanswered
      case .declined: .declined
      case .open: row.until.map { now < $0 ? .open(until: $0) : .over(at: $0) } ?? .declined
      case .ended: .ended(at: row.endedAt ?? row.askedAt)
      }
  }
}
