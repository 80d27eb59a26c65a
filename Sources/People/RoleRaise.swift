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

/// A change that gives somebody a strong verb, with all of it that a second person is shown.
///
/// Made anew from the business of the moment it is equal only while the same would come of it.
package struct RoleRaise: Hashable, Sendable, Codable {
  package let change: RoleChange
  /// Who would get which strong verbs.
  package let gains: [Gain]
  /// What the person has now; nil when a role changes.
  package let before: RoleGrant?
  /// The role that is given, or the one that is replaced; nil for a new one.
  package let definition: RoleDefinition?

  package struct Gain: Hashable, Sendable, Codable {
    package let person: Slug
    /// In the order of `Verb`.
    package let verbs: [Verb]
  }

  /// Nil when nobody gets anything strong by it.
  ///
  /// - Parameters:
  ///   - today: whose last day was before it has nothing.
  ///   - lapsed: whose role nobody has confirmed in time, so that they have nothing either; giving them one confirms it.
  package init?(_ change: RoleChange, on business: Business, today: CivilDay, lapsed: Set<Slug> = []) {
    var still = lapsed
    if case .give(let grant) = change { still.remove(grant.person) }
    let gains = business.gains(
      by: change.applied(to: business),
      today: today,
      lapsed: lapsed,
      stillLapsed: still
    )
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
  /// Who gets strong verbs that they do not have, when this business becomes the other.
  package func gains(
    by other: Business,
    today: CivilDay,
    lapsed: Set<Slug> = [],
    stillLapsed: Set<Slug> = []
  ) -> [RoleRaise.Gain] {
    other.staff.filter { !stillLapsed.contains($0.id) }.compactMap { member in
      let before = lapsed.contains(member.id) ? nil : staffMember(member.id)
      let had = before.map { strongVerbs(of: $0, today) } ?? []
      let verbs = other.strongVerbs(of: member, today).subtracting(had)
      guard !verbs.isEmpty else { return nil }
      return RoleRaise.Gain(person: member.id, verbs: Verb.allCases.filter(verbs.contains))
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
