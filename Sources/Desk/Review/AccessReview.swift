import Audit
package import Booking
import People
package import Primitives
import Storage

/// One person's role as the review shows it.
package struct ReviewedAccess: Sendable {
  package let person: StaffMember
  package let role: RoleDefinition
  /// From when on the role allows nothing; nil for owners.
  package let lapsesAt: Instant?
  package let isLapsed: Bool
  /// Whether one answer keeps it. A role that is over and lets its holder look after the business is given anew instead:
  /// that raises somebody, which takes two people.
  package let mayKeep: Bool
  package let reviewedAt: Instant?
  /// Name of who confirmed it last.
  package let reviewedBy: String?
  /// Last signed in, or let back in; nil while that is not known.
  package let seenAt: Instant?
  package let isDormant: Bool
  package let isAsleep: Bool
  /// What the role allows and they have not done in the time looked at.
  package let unused: [Verb]
}

/// Everybody's access, for whoever confirms it.
package struct AccessReview: Sendable {
  package let people: [ReviewedAccess]
  /// From when on the record was looked at for what was used.
  package let usedSince: Instant
}

/// What a review says about one person.
package enum ReviewAnswer: String, Sendable, CaseIterable {
  /// The role is right: it stands for another three months.
  case keep
  /// It allows nothing from now on.
  case remove
  /// A sign-in that sleeps may be used again.
  case wake
}

extension Desk {
  /// Shows everybody's role with when it lapses, when they were last here, and what they never use (R24, R25).
  ///
  /// What was used is read from the record, of the last 90 days and at most ``mostRead`` entries.
  package func openReview(by person: StaffPerson) async throws -> AccessReview {
    try await require(.viewPeople, by: person, .reviewOpened, for: .administration)
    let now = clock.now()
    let business = try await timetable().business
    let (used, since) = try await usedVerbs(since: now - StandingRule.reviewEvery)
    let rows = try await readAndRecord(.reviewOpened, by: person.actor, for: .administration) {
      records,
      detail -> ([StaffAccount], [Slug: Standing])? in
      let accounts = try records.staffAccounts().filter(\.active)
      for account in accounts { detail.touch(staff: account.id) }
      return (accounts, try records.standings())
    }
    let standings = rows?.1 ?? [:]
    let active = Set((rows?.0 ?? []).map(\.id))
    let people = business.staff.filter { active.contains($0.id) }.map { member in
      let role = business.definition(of: member.role) ?? .nothing(member.role)
      let standing = standings[member.id]
      let lapsesAt = StandingRule.lapses(member.role, reviewDueAt: standing?.reviewDueAt)
      let allowed = Set(role.rules.filter { $0.effect == .allow }.map(\.verb))
      return ReviewedAccess(
        person: member,
        role: role,
        lapsesAt: lapsesAt,
        isLapsed: lapsesAt.map { $0 <= now } ?? false,
        mayKeep: StandingRule.isKeptByOne(role, reviewDueAt: standing?.reviewDueAt, now: now),
        reviewedAt: standing?.reviewedAt,
        reviewedBy: standing?.reviewedBy.map { business.staffMember($0)?.name ?? $0.text },
        seenAt: standing?.seenAt,
        isDormant: standing.map { StandingRule.isDormant(seenAt: $0.seenAt, now: now) } ?? false,
        isAsleep: standing.map { StandingRule.isAsleep(member.role, seenAt: $0.seenAt, now: now) } ?? false,
        unused: Verb.allCases.filter { verb in
          allowed.contains(verb) && UsedVerbs.isTold(verb) && !(used[member.id]?.contains(verb) ?? false)
        }
      )
    }
    return AccessReview(people: people, usedSince: since)
  }

  /// Confirms somebody's role, ends it, or wakes a sleeping sign-in. Nobody answers for themselves.
  ///
  /// - Throws: `.notAllowed` for oneself, for ending an owner's role and for reviving one that takes two people
  ///   (``ReviewedAccess/mayKeep``), `.unknown` for nobody of the business.
  package func answerReview(_ answer: ReviewAnswer, of staff: Slug, by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.reviewAnswered, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.manageRoles, person, on: .business)
      try changes.hold([.access(staff)])
      let (_, timetable) = try catalog.held ?? catalog.load(changes)
      guard let member = timetable.staffMember(staff), let account = try changes.staffAccount(staff),
        account.active
      else { throw Refusal(.unknown) }
      guard staff != person.id, answer != .remove || member.role != .owner else { throw Refusal(.notAllowed) }
      let due = now + StandingRule.reviewEvery
      let role = timetable.business.definition(of: member.role) ?? .nothing(member.role)
      let standing = try changes.standing(of: staff)
      guard
        answer != .keep || StandingRule.isKeptByOne(role, reviewDueAt: standing?.reviewDueAt, now: now)
      else { throw Refusal(.notAllowed) }
      switch answer {
      case .keep: try changes.review(staff, until: due, by: person.id, at: now)
      case .remove:
        try changes.review(staff, until: now, by: person.id, at: now)
        try changes.endSessions(of: staff, at: now)
        try tell(staff, .roleGiven, about: account.subject, changes, now)
        try tellOwners(of: person.id, .roleGiven, about: account.subject, changes, timetable, now)
      case .wake: try changes.touchStanding(of: staff, reviewDueAt: due, at: now)
      }
      detail.touch(staff: staff)
      detail.fields = [answer.rawValue]
    }
    sessions.forgetAll()
  }

  /// Whose review is due within two weeks or over, but one's own; what a page reminds of.
  package func reviewsDue(by person: StaffPerson) async throws -> Int {
    guard may(.manageRoles, person) else { return 0 }
    let now = clock.now()
    let business = try await timetable().business
    return try await store.ask { try $0.standings() }.values.filter { standing in
      guard standing.staff != person.id, let member = business.staffMember(standing.staff) else {
        return false
      }
      let lapsesAt = StandingRule.lapses(member.role, reviewDueAt: standing.reviewDueAt)
      return lapsesAt.map { $0 - now <= StandingRule.reviewAhead } ?? false
    }.count
  }
}
