package import Booking
package import Primitives

/// All that decides what somebody may do, as it is given to them.
package struct RoleGrant: Hashable, Sendable, Codable {
  package var person: Slug
  package var role: Role
  package var locations: [Slug]
  package var team: Slug?
  package var engagement: Engagement?

  package init(person: Slug, role: Role, locations: [Slug], team: Slug?, engagement: Engagement?) {
    self.person = person
    self.role = role
    self.locations = locations
    self.team = team
    self.engagement = engagement
  }

  /// What somebody has now.
  package init(_ member: StaffMember) {
    self.init(
      person: member.id,
      role: member.role,
      locations: member.locations,
      team: member.team,
      engagement: member.engagement
    )
  }
}

/// A change of who may what.
package enum RoleChange: Hashable, Sendable, Codable {
  case give(RoleGrant)
  /// A role that is new, or another definition of one.
  case save(RoleDefinition)

  /// The business after it; the same when what it is about is gone.
  package func applied(to business: Business) -> Business {
    var business = business
    switch self {
    case .give(let grant):
      guard let index = business.staff.firstIndex(where: { $0.id == grant.person }) else { return business }
      business.staff[index].role = grant.role
      business.staff[index].locations = grant.locations
      business.staff[index].team = grant.team
      business.staff[index].engagement = grant.engagement
    case .save(let definition):
      if let index = business.roles.firstIndex(where: { $0.id == definition.id }) {
        business.roles[index] = definition
      } else {
        business.roles.append(definition)
      }
    }
    return business
  }
}

/// A change that gives somebody a strong verb, or more customers a day than any built-in role sees, or widens what whoever
/// makes it may do themselves; with all of it that a second person is shown.
///
/// Made anew from the business of the moment it is equal only while the same would come of it.
package struct RoleRaise: Hashable, Sendable, Codable {
  package let change: RoleChange
  /// Who would get what.
  package let gains: [Gain]
  /// What the person has now; nil when a role changes.
  package let before: RoleGrant?
  /// The role that is given, or the one that is replaced; nil for a new one.
  package let definition: RoleDefinition?

  package struct Gain: Hashable, Sendable, Codable {
    package let person: Slug
    /// New to them, wider, or for longer than before; in the order of `Verb`.
    package let verbs: [Verb]
    /// How many customers they would see at most, when that is what takes two.
    package let limit: ReadingLimit?
  }

  /// Nil when it is nothing that takes two.
  ///
  /// - Parameters:
  ///   - asker: who wants it; what widens their own role takes two whatever it is, and so does what they give to others and
  ///     do not have themselves.
  ///   - today: whose last day was before it has nothing.
  ///   - lapsed: whose role nobody has confirmed in time, so that they have nothing either; giving them one confirms it.
  package init?(
    _ change: RoleChange,
    on business: Business,
    by asker: Slug,
    today: CivilDay,
    lapsed: Set<Slug> = []
  ) {
    var still = lapsed
    if case .give(let grant) = change { still.remove(grant.person) }
    let after = change.applied(to: business)
    let others = business.gains(by: after, today: today, lapsed: lapsed, stillLapsed: still)
    let gains = others.joined(with: business.widened(for: asker, by: after).map { [$0] } ?? [])
      .joined(with: business.beyond(asker, by: after))
    guard !gains.isEmpty else { return nil }
    self.change = change
    self.gains = gains
    switch change {
    case .give(let grant):
      before = business.staffMember(grant.person).map(RoleGrant.init)
      definition = business.definition(of: grant.role)
    case .save(let saved):
      before = nil
      definition = business.definition(of: saved.id)
    }
  }
}

extension Business {
  /// Who gets strong verbs that they do not have, or not for so long, or a limit above every built-in role's, when this
  /// business becomes the other.
  package func gains(
    by other: Business,
    today: CivilDay,
    lapsed: Set<Slug> = [],
    stillLapsed: Set<Slug> = []
  ) -> [RoleRaise.Gain] {
    other.staff.filter { !stillLapsed.contains($0.id) }.compactMap { member in
      let before = lapsed.contains(member.id) ? nil : staffMember(member.id)
      let isLonger = before.map { member.stays(longerThan: $0) } ?? false
      let had = isLonger ? [] : before.map { strongVerbs(of: $0, today) } ?? []
      let verbs = other.strongVerbs(of: member, today).subtracting(had)
      let limit = other.definition(of: member.role)?.limit
      let earlier = before.flatMap { definition(of: $0.role)?.limit }
      let sees = limit.flatMap { limit in
        limit.exceeds(.widest) && (earlier.map(limit.exceeds) ?? true) ? limit : nil
      }
      guard !verbs.isEmpty || sees != nil else { return nil }
      return RoleRaise.Gain(person: member.id, verbs: Verb.allCases.filter(verbs.contains), limit: sees)
    }
  }

  /// What somebody may do beyond what they may now, when this business becomes the other; nil for nothing.
  fileprivate func widened(for person: Slug, by other: Business) -> RoleRaise.Gain? {
    guard let before = staffMember(person), let after = other.staffMember(person) else { return nil }
    let had = definition(of: before.role) ?? .nothing(before.role)
    let has = other.definition(of: after.role) ?? .nothing(after.role)
    let isLonger = after.stays(longerThan: before)
    let isElsewhere =
      places(of: before) != other.places(of: after) || team(of: before) != other.team(of: after)
    let verbs = Verb.allCases.filter { verb in
      guard verb != .changeOwnAccess, has.rules.contains(where: { $0.verb == verb && $0.effect == .allow })
      else { return false }
      return isLonger || has.isWider(than: had, in: verb)
        || (isElsewhere && has.rules.contains { $0.verb == verb && [.team, .location].contains($0.scope) })
    }
    let reads = has.rules.contains { $0.effect == .allow && $0.verb != .changeOwnAccess }
    let limit = reads && has.limit.exceeds(had.limit) ? has.limit : nil
    guard !verbs.isEmpty || limit != nil else { return nil }
    return RoleRaise.Gain(person: person, verbs: verbs, limit: limit)
  }

  /// What others may do then and not now, that whoever gives it may not do about them.
  fileprivate func beyond(_ giver: Slug, by other: Business) -> [RoleRaise.Gain] {
    guard let person = staffMember(giver) else { return [] }
    let own = (definition(of: person.role) ?? .nothing(person.role)).rules
    let here = places(of: person)
    return other.staff.compactMap { member in
      guard member.id != giver, let gain = widened(for: member.id, by: other) else { return nil }
      let has = (other.definition(of: member.role) ?? .nothing(member.role)).rules
      let there = other.places(of: member)
      let verbs = gain.verbs.filter { verb in
        // What is about oneself alone nobody can have for others.
        guard verb.scopes != [.own] else { return false }
        let isDenied = own.contains { mine in
          mine.verb == verb && mine.effect == .deny && !has.contains { $0.denies(mine) }
        }
        return isDenied
          || has.contains { rule in
            rule.verb == verb && rule.effect == .allow
              && !own.contains { $0.allows(rule, there.isSubset(of: here) && !there.isEmpty) }
          }
      }
      return verbs.isEmpty ? nil : RoleRaise.Gain(person: member.id, verbs: verbs, limit: nil)
    }
  }

  /// Whether a role looks after the business, so that nobody gets it on one person's word.
  package func isStrong(_ role: Role) -> Bool { definition(of: role)?.strongVerbs.isEmpty == false }

  private func strongVerbs(of member: StaffMember, _ today: CivilDay) -> Set<Verb> {
    if let engagement = member.engagement, engagement.lastDay < today { return [] }
    return definition(of: member.role)?.strongVerbs ?? []
  }
}

extension RoleDefinition {
  /// Allowed and not denied; each reaches everything or nothing.
  package var strongVerbs: Set<Verb> {
    func verbs(_ effect: RoleRule.Effect) -> Set<Verb> {
      Set(rules.filter { $0.effect == effect && $0.verb.isStrong }.map(\.verb))
    }
    return verbs(.allow).subtracting(verbs(.deny))
  }
}

extension RoleDefinition {
  /// Whether something of this verb is allowed that the other does not allow, or no longer denied.
  fileprivate func isWider(than other: RoleDefinition, in verb: Verb) -> Bool {
    func rules(_ role: RoleDefinition, _ effect: RoleRule.Effect) -> [RoleRule] {
      role.rules.filter { $0.verb == verb && $0.effect == effect }
    }
    let (mine, theirs) = (rules(self, .allow), rules(other, .allow))
    let isAllowed = mine.allSatisfy { rule in theirs.contains { $0.holds(rule) && $0.level >= rule.level } }
    let (denied, before) = (rules(self, .deny), rules(other, .deny))
    let isDenied = before.allSatisfy { rule in denied.contains { $0.holds(rule) && $0.level <= rule.level } }
    return !isAllowed || !isDenied
  }
}

extension [RoleRaise.Gain] {
  /// With these besides; each person once.
  fileprivate func joined(with others: [RoleRaise.Gain]) -> [RoleRaise.Gain] {
    others.reduce(into: self) { gains, more in
      guard let index = gains.firstIndex(where: { $0.person == more.person }) else {
        return gains.append(more)
      }
      let verbs = Set(gains[index].verbs + more.verbs)
      gains[index] = RoleRaise.Gain(
        person: more.person,
        verbs: Verb.allCases.filter(verbs.contains),
        limit: gains[index].limit ?? more.limit
      )
    }
  }
}

extension RoleRule {
  /// Whether somebody with this rule may do about others all that the other rule lets them do.
  fileprivate func allows(_ other: RoleRule, _ isWithinPlaces: Bool) -> Bool {
    guard effect == .allow, verb == other.verb, level >= other.level, holds(other) else { return false }
    return scope == .all || (scope == .location && other.scope == .location && isWithinPlaces)
  }

  /// Whether it denies all that the other does.
  fileprivate func denies(_ other: RoleRule) -> Bool {
    effect == .deny && verb == other.verb && level <= other.level && holds(other)
  }

  /// Whether it reaches at least as far, and at least as long around a visit. One's own work may lie at other places than
  /// one's own, but is always one's team's.
  fileprivate func holds(_ other: RoleRule) -> Bool {
    guard scope == .all || scope == other.scope || (scope == .team && other.scope == .own) else {
      return false
    }
    guard let window else { return true }
    return other.window.map { window.before >= $0.before && window.after >= $0.after } ?? false
  }
}

extension ReadingLimit {
  /// The widest of the built-in roles.
  fileprivate static let widest = ReadingLimit(
    perMinute: RoleDefinition.builtIn.map(\.limit.perMinute).max() ?? 0,
    perDay: RoleDefinition.builtIn.map(\.limit.perDay).max() ?? 0
  )

  fileprivate func exceeds(_ other: ReadingLimit) -> Bool {
    perMinute > other.perMinute || perDay > other.perDay
  }
}

extension StaffMember {
  /// Whether their last day is later than the other's, or there is none any more.
  fileprivate func stays(longerThan other: StaffMember) -> Bool {
    guard let before = other.engagement?.lastDay else { return false }
    return engagement.map { $0.lastDay > before } ?? true
  }
}
