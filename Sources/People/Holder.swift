package import Booking
package import Primitives

/// Somebody as the rules see them: their role with what belongs to it. The one place that says who may do what.
package struct Holder: Hashable, Sendable {
  package let id: Slug
  package let role: RoleDefinition
  package let team: Set<Slug>
  package let places: Set<Slug>
  /// From when on nothing is allowed any more but one's own way in; nil for those who stay.
  package let endsAt: Instant?
  /// What they may do beyond their role.
  package let leaves: [Leave]

  package init(
    id: Slug,
    role: RoleDefinition,
    team: Set<Slug> = [],
    places: Set<Slug> = [],
    endsAt: Instant? = nil,
    leaves: [Leave] = []
  ) {
    self.id = id
    self.role = role
    self.team = team
    self.places = places
    self.endsAt = endsAt
    self.leaves = leaves
  }

  /// What the role says, and that everybody looks after their own sign-in, which a rule alone can deny.
  var rules: [RoleRule] {
    role.rules.contains { $0.verb == .changeOwnAccess }
      ? role.rules : role.rules + [RoleRule(.changeOwnAccess, .own)]
  }

  /// May they do that, now, and see fields up to this level?
  ///
  /// What no rule allows is refused; what a rule denies is refused whatever allows it. Microseconds, no I/O.
  ///
  /// - Parameter level: the lowest that makes sense; the permit says the highest.
  package func decide(
    _ verb: Verb,
    on target: Target,
    level asked: Level = .p0,
    now: Instant
  ) -> PermitDecision {
    if isOver(now: now), verb != .changeOwnAccess { return .refused(.ended) }
    let denied = rules.filter { $0.effect == .deny && $0.verb == verb && reaches($0, target, now) }
    let ceiling = denied.map(\.level).min()
    if let ceiling, ceiling <= asked { return .refused(.denied) }
    let open = allowing(verb, target, now).filter { $0.level >= asked }
    guard let best = open.max(by: { $0.rank < $1.rank }) else {
      return .refused(refusal(verb, target, asked, now))
    }
    let level = ceiling.map { min($0.below, best.level) } ?? best.level
    return .granted(Permit(verb: verb, level: level, reason: best.reason, until: best.until))
  }

  /// Whether nothing is allowed any more but one's own way in.
  package func isOver(now: Instant) -> Bool { endsAt.map { $0 <= now } ?? false }

  /// One thing that allows it.
  private struct Opening {
    let level: Level
    let reason: PermitReason
    let until: Instant?
    /// For choosing the one that shows most; the role before leave that shows no more, then the longest. What has no end
    /// lasts longest.
    var rank: (Level, Int, Int64) {
      let isRole = if case .role = reason { 1 } else { 0 }
      return (level, isRole, until?.seconds ?? .max)
    }
  }

  /// All that allows it now.
  private func allowing(_ verb: Verb, _ target: Target, _ now: Instant) -> [Opening] {
    var open: [Opening] = []
    for rule in rules where rule.effect == .allow && rule.verb == verb && reaches(rule, target, now) {
      let closing = target.visit.flatMap { rule.window?.closing(of: $0) }
      open.append(Opening(level: rule.level, reason: .role(role.id, rule.scope), until: closing))
    }
    for leave in leaves where leave.verbs.contains(verb) && now < leave.until {
      let level = verb.showsFields ? leave.level : .p0
      open.append(Opening(level: level, reason: .leave(leave.id, leave.kind), until: leave.until))
    }
    return open
  }

  private func refusal(_ verb: Verb, _ target: Target, _ asked: Level, _ now: Instant) -> PermitRefusal {
    let rules = self.rules.filter { $0.effect == .allow && $0.verb == verb }
    if rules.isEmpty { return .notTheirRole }
    let theirs = rules.filter { covers($0.scope, target) && $0.level >= asked }
    guard !theirs.isEmpty, let visit = target.visit else { return .notTheirs }
    let openings = theirs.compactMap { $0.window?.opening(of: visit) }.filter { $0 > now }
    return .outsideWindow(opening: openings.min())
  }

  private func reaches(_ rule: RoleRule, _ target: Target, _ now: Instant) -> Bool {
    guard rule.effect == .deny ? touches(rule.scope, target) : covers(rule.scope, target) else {
      return false
    }
    guard let window = rule.window, let visit = target.visit else { return true }
    return window.contains(now, of: visit)
  }

  /// As a denial reaches: what lies at several places already by one of them, and for whom no place is known everything.
  private func touches(_ scope: Scope, _ target: Target) -> Bool {
    guard scope == .location else { return covers(scope, target) }
    return places.isEmpty || !target.locations.isDisjoint(with: places)
  }

  private func covers(_ scope: Scope, _ target: Target) -> Bool {
    switch scope {
    case .own: target.staff == id
    case .team: target.staff.map { team.contains($0) || $0 == id } ?? false
    case .location: !target.locations.isEmpty && target.locations.isSubset(of: places)
    case .all: true
    }
  }
}

extension Level: Comparable {
  package static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }

  /// The next lower one; P0 is the lowest.
  package var below: Level {
    switch self {
    case .p0, .p1: .p0
    case .p2: .p1
    case .p3: .p2
    }
  }
}
