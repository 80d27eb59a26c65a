import Audit
import Booking
package import People
import Primitives
import Storage

extension Desk {
  /// Gives somebody a role, with its places, team and last day; it counts at once, and on other servers within a second.
  ///
  /// - Parameter version: of the business that was shown; nil when that does not matter.
  /// - Throws: `.unknown` for nobody of the business and for who has left; `.stale`; `.invalid` at `role`, `locations`,
  ///   `last_day` and `purpose`.
  package func giveRole(_ grant: RoleGrant, version: Int?, by person: StaffPerson) async throws -> RoleOutcome
  {
    let outcome = try await act(.roleGiven, by: person.actor, for: .administration) {
      [self] changes, detail in
      try permit(.manageRoles, person, on: .business)
      let stored = try holdBusiness(nil, changes)
      guard stored.business.staffMember(grant.person) != nil,
        try changes.staffAccount(grant.person)?.active == true
      else { throw Refusal(.unknown) }
      if let version, version != stored.version { throw Refusal(.stale) }
      var check = FieldCheck()
      try check.grant(
        grant,
        stored.business,
        changes,
        today: try today(stored.business),
        now: clock.now()
      )
      try check.finish()
      return try settle(.give(grant), on: stored, by: person, changes, &detail)
    }
    sessions.forgetAll()
    try await refreshBusiness()
    return outcome
  }
}

extension FieldCheck {
  /// Whether somebody can have this: role and places of the business, and a last day where one is needed.
  mutating func grant(
    _ grant: RoleGrant,
    _ business: Business,
    _ records: any Records,
    today: CivilDay,
    now: Instant
  ) throws {
    role(grant, business, today: today)
    let before = business.staffMember(grant.person)?.role
    let stays = grant.role == .owner && grant.engagement == nil
    if before == .owner, !stays, try !records.hasOwner(besides: grant.person, business, now: now) {
      add("role", .lastOwner)
    }
  }

  /// The same for somebody who is new.
  mutating func role(_ grant: RoleGrant, _ business: Business, today: CivilDay) {
    if business.definition(of: grant.role) == nil { add("role", .notAChoice) }
    let known = Set(business.locations.map(\.id))
    if !known.isSuperset(of: grant.locations) || Set(grant.locations).count != grant.locations.count {
      add("locations", .notAChoice)
    }
    if grant.role == .vendor, grant.engagement == nil { add("last_day", .missing) }
    if let engagement = grant.engagement {
      if engagement.lastDay < today, engagement != business.staffMember(grant.person)?.engagement {
        add("last_day", .past)
      }
      _ = line(engagement.purpose, at: "purpose", atMost: 200, required: true)
    }
  }
}
