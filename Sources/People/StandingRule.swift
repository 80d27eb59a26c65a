package import Booking
package import Primitives

/// When access ends because nobody confirms it or nobody uses it.
package enum StandingRule {
  /// Seconds for which a role is good once somebody has confirmed it.
  package static let reviewEvery: Int = .days(90)
  /// Seconds before the end of which the review is due on the page.
  package static let reviewAhead: Int = .days(14)
  /// Seconds without signing in after which that is shown to owners.
  package static let dormantAfter: Int = .days(30)
  /// Seconds without signing in after which the sign-in sleeps until an owner wakes it.
  package static let asleepAfter: Int = .days(60)

  /// From when on the role allows nothing, unless it is confirmed before. Owners' roles stay: somebody must be able to
  /// confirm the others'.
  package static func lapses(_ role: Role, reviewDueAt: Instant?) -> Instant? {
    role == .owner ? nil : reviewDueAt
  }

  /// Whether one answer is enough. Reviving a role that has lapsed and looks after the business raises somebody.
  package static func isKeptByOne(_ role: RoleDefinition, reviewDueAt: Instant?, now: Instant) -> Bool {
    guard let lapsesAt = lapses(role.id, reviewDueAt: reviewDueAt), lapsesAt <= now else { return true }
    return role.strongVerbs.isEmpty
  }

  /// Whether a sign-in sleeps. An owner's never does.
  package static func isAsleep(_ role: Role, seenAt: Instant, now: Instant) -> Bool {
    role != .owner && now - seenAt >= asleepAfter
  }

  package static func isDormant(seenAt: Instant, now: Instant) -> Bool { now - seenAt >= dormantAfter }
}
