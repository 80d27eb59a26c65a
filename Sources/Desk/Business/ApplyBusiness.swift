import Audit
package import Booking
import Messages
import People
package import Primitives
import Storage
import Vault

/// What an apply did.
package struct Applied: Sendable {
  package let changed: Bool
  /// Who is named but has left: kept without access and working time.
  package let left: [Slug: Instant]
  /// Whose address belongs to a role, and nobody has said why.
  package let roleMailboxes: [Slug]
}

/// Something with coming bookings that the new file would remove.
package struct RemovalRefused: Error, Sendable {
  /// `service washer-repair: 4 coming bookings`, one for each.
  package let reasons: [String]
}

/// People who have been invited, and roles, that the new file lacks; nobody said that they are to go.
package struct LackRefused: Error, Sendable {
  /// `staff ieva` or `role kaunas-desk`, one for each.
  package let lacking: [String]
}

extension Desk {
  /// Makes the business what the file says: all of it or nothing. The same file again changes nothing.
  ///
  /// Somebody who has left stays without access and without working time, whatever the file says; inviting them lets them
  /// back.
  ///
  /// - Parameters:
  ///   - emails: of all staff; sealed in the store.
  ///   - mailboxReasons: why an address is one that belongs to a role. One that is not named stays with its address.
  ///   - removing: whether people who have been invited, and roles, go when the new business lacks them. Whoever
  ///     has left, or never had an invite, goes in any case.
  /// - Throws: ``RemovalRefused`` when a service or person with coming bookings would go; ``LackRefused`` when
  ///   somebody or a role would go that may not.
  package func apply(
    _ business: Business,
    emails: [Slug: String],
    mailboxReasons: [Slug: String] = [:],
    removing: Bool = true,
    by actor: Actor
  ) async throws -> Applied {
    let now = clock.now()
    let accounts = try await NewAccounts(business, emails, mailboxReasons, self)
    do {
      let applied = try await act(.businessApplied, by: actor, for: .administration) {
        [self] changes, detail in
        try changes.hold([.newRules])
        let stored = try changes.business()
        let removals = try removals(from: stored?.business, to: business, after: now, changes)
        guard removals.isEmpty else {
          throw Undone(code: .comingBookings, told: RemovalRefused(reasons: removals))
        }
        let leavers = try changes.leavers()
        let gone = Gone(from: stored?.business, to: business)
        if !removing {
          let lacking = try lacking(gone, leavers, changes)
          // What the file does not know yet makes it stale.
          guard lacking.isEmpty else { throw Undone(code: .stale, told: LackRefused(lacking: lacking)) }
        }

        let left = leavers.filter { business.staffMember($0.key) != nil }
        let wanted = business.withoutWork(of: Set(left.keys))
        var changed = try accounts.put(in: changes, left: Set(left.keys), now: now)
        if stored?.business != wanted {
          if let stored {
            // Another role ends what somebody had besides the one before, as on the pages.
            for member in stored.business.staff where wanted.staffMember(member.id)?.role != member.role {
              try changes.endLeaves(of: member.id, at: now)
            }
            try tellOfRaises(from: stored.business, to: wanted, changes)
          }
          try changes.replace(wanted, version: (stored?.version ?? 0) + 1)
          changed = true
        }
        detail.records = ["business/\(business.id)"] + gone.records
        return Applied(changed: changed, left: left, roleMailboxes: accounts.unexplained)
      }
      sessions.forgetAll()
      try await store.read { _ = try self.catalog.load($0) }
      return applied
    } catch let undone as Undone {
      do {
        try await refuse(.businessApplied, by: actor, for: .administration, Refusal(undone.code))
      } catch is Refusal {
        throw undone.told
      }
    }
  }

  /// Whoever runs the machine decides alone; whose role, places or last day change by it are told, and the owners of those
  /// who get more, and who were owners before of all.
  private func tellOfRaises(from old: Business, to new: Business, _ changes: any Changes) throws {
    let now = clock.now()
    let before = try owners(try Timetable(old, zones: zones), changes)
    for member in new.staff {
      guard let earlier = old.staffMember(member.id), RoleGrant(earlier) != RoleGrant(member),
        let account = try changes.staffAccount(member.id), account.active
      else { continue }
      try tell(member.id, .roleGiven, about: account.subject, changes, now)
      for owner in before where owner != member.id {
        try changes.post(
          notice(
            .othersAccessChanged,
            to: owner,
            about: account.subject,
            AccessChange.roleGiven.rawValue,
            now
          )
        )
      }
    }
    let gains = old.gains(by: new, today: try today(new))
    guard !gains.isEmpty else { return }
    let owners = try owners(try Timetable(new, zones: zones), changes)
    for gain in gains {
      guard let account = try changes.staffAccount(gain.person) else { continue }
      for owner in owners where owner != gain.person {
        try changes.post(
          notice(
            .othersAccessChanged,
            to: owner,
            about: account.subject,
            ApprovalNews.raisedByFile.rawValue,
            now
          )
        )
      }
    }
  }

  /// What of it nobody may lose unasked. Whoever can sign in was invited once, so that nobody takes an invite up in
  /// between.
  private func lacking(_ gone: Gone, _ leavers: [Slug: Instant], _ records: any Records) throws -> [String] {
    let invited = try records.everInvited()
    let people = gone.people.filter { invited.contains($0) && leavers[$0] == nil }
    return people.map { "staff \($0)" } + gone.roles.map { "role \($0.rawValue)" }
  }

  /// What the new business lacks although bookings to come need it.
  private func removals(
    from old: Business?,
    to new: Business,
    after now: Instant,
    _ records: any Records
  ) throws -> [String] {
    guard old != nil else { return [] }
    var services: [Slug: Int] = [:]
    var people: [Slug: Int] = [:]
    var locations: [Slug: Int] = [:]
    for coming in try records.comingBookings(after: now) {
      services[coming.service, default: 0] += coming.count
      people[coming.staff, default: 0] += coming.count
      locations[coming.location, default: 0] += coming.count
    }
    func missing(_ counts: [Slug: Int], _ kept: [Slug], _ noun: String) -> [String] {
      counts.filter { !kept.contains($0.key) }.sorted { $0.key < $1.key }.map { slug, count in
        "\(noun) \(slug): \(count) coming \(count == 1 ? "booking" : "bookings")"
      }
    }
    return missing(services, new.services.map(\.id), "service")
      + missing(people, new.staff.map(\.id), "staff")
      + missing(locations, new.locations.map(\.id), "location")
  }
}

/// Who and which of the business's own roles are no longer there in the new business.
private struct Gone {
  let people: [Slug]
  let roles: [Role]

  init(from old: Business?, to new: Business) {
    people = (old?.staff ?? []).map(\.id).filter { new.staffMember($0) == nil }.sorted()
    let kept = Set(new.roles.map(\.id))
    roles = (old?.roles ?? []).map(\.id).filter { !kept.contains($0) }
  }

  /// As the audit entry names them.
  var records: [String] { people.map { "staff/\($0)" } + roles.map { "role/\($0.rawValue)" } }
}

/// Rolls the apply's transaction back whole; its refusal is recorded by an entry of its own.
private struct Undone: Error {
  let code: RefusalCode
  /// What the caller gets.
  let told: any Error
}
