import Booking
package import People
import Primitives
import Storage

/// What became of a change of who may what.
package enum RoleOutcome: Hashable, Sendable {
  case done
  /// It gives somebody a strong verb: nothing is changed yet, it waits for a second person.
  case asked(Approval)
}

extension Desk {
  /// Changes who may what inside an act's transaction that holds the rules, or asks for it where it raises.
  func settle(
    _ change: RoleChange,
    on stored: (version: Int, business: Business),
    by person: StaffPerson,
    _ changes: any Changes,
    _ detail: inout ActDetail
  ) throws -> RoleOutcome {
    change.touch(&detail)
    if let raise = try raise(change, on: stored.business, by: person.id, changes) {
      detail.act = .approvalAsked
      return .asked(try ask(.roleRaise(raise), by: person.id, stored.business, changes, &detail))
    }
    let after = change.applied(to: stored.business)
    if after != stored.business {
      try changes.replace(after, version: stored.version + 1)
      try tell(of: change, from: stored.business, by: person.id, changes)
    }
    try confirm(change, by: person.id, changes)
    return .done
  }

  /// Tells whoever has another role now, and who were owners before it, so that nobody stops being one unseen.
  private func tell(of change: RoleChange, from business: Business, by staff: Slug, _ changes: any Changes)
    throws
  {
    let now = clock.now()
    var (about, news) = (staff, AccessChange.roleSaved)
    if case .give(let grant) = change { (about, news) = (grant.person, .roleGiven) }
    guard let account = try changes.staffAccount(about) else { return }
    if news == .roleGiven, about != staff { try tell(about, news, about: account.subject, changes, now) }
    for owner in try owners(try Timetable(business, zones: zones), changes)
    where ![about, staff].contains(owner) {
      try changes.post(notice(.othersAccessChanged, to: owner, about: account.subject, news.rawValue, now))
    }
  }

  /// What a second person must agree to; nil for what one may do alone.
  func raise(_ change: RoleChange, on business: Business, by asker: Slug, _ records: any Records) throws
    -> RoleRaise?
  {
    let now = clock.now()
    let standings = try records.standings()
    let lapsed = business.staff.filter { member in
      StandingRule.lapses(member.role, reviewDueAt: standings[member.id]?.reviewDueAt).map { $0 <= now }
        ?? false
    }
    return RoleRaise(
      change,
      on: business,
      by: asker,
      today: try today(business),
      lapsed: Set(lapsed.map(\.id))
    )
  }

  /// Whoever gives a role says that it is right, as in the access review; nobody for themselves. What somebody had besides
  /// the role before ends with that.
  func confirm(_ change: RoleChange, by staff: Slug, _ changes: any Changes) throws {
    guard case .give(let grant) = change else { return }
    let now = clock.now()
    try changes.endLeaves(of: grant.person, at: now)
    guard grant.person != staff else { return }
    try changes.review(grant.person, until: now + StandingRule.reviewEvery, by: staff, at: now)
  }

  /// The business as it is stored, held; `.stale` when it is no longer the one that was shown.
  func holdBusiness(_ version: Int?, _ changes: any Changes) throws -> (version: Int, business: Business) {
    try changes.hold([.newRules])
    guard let stored = try changes.business() else { throw Refusal(.unknown) }
    if let version, version != stored.version { throw Refusal(.stale) }
    return stored
  }

  /// The day at the first place.
  func today(_ business: Business) throws -> CivilDay {
    guard let place = business.locations.first else { throw StorageFault.damaged("business") }
    return try zones.zone(named: place.zone).day(at: clock.now())
  }

  /// Which business pages and programs look at, for their forms: what they send back says so.
  package func businessVersion() async throws -> Int {
    _ = try await timetable()
    return catalog.held?.version ?? 0
  }
}

extension RoleChange {
  func touch(_ detail: inout ActDetail) {
    switch self {
    case .give(let grant):
      detail.touch(staff: grant.person)
      detail.records.append("role/\(grant.role.rawValue)")
    case .save(let definition): detail.records.append("role/\(definition.id.rawValue)")
    }
  }
}
