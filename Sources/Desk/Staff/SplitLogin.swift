import Audit
package import Booking
import People
package import Primitives
import Storage
import Vault

/// The second person of a login that two have shared, as an owner names them.
package struct SecondPerson: Sendable {
  package var name: String?
  package var email: String?
  /// Needed for an address that belongs to a role alone.
  package var mailboxReason: String?

  package init(name: String?, email: String?, mailboxReason: String?) {
    self.name = name
    self.email = email
    self.mailboxReason = mailboxReason
  }
}

extension Desk {
  /// Gives the second person of a shared login a login of their own: the same role with its places, team and last day, no
  /// services and no working time yet, and an invite. A role that looks after the business is not given along: that raises somebody, which takes two people, so
  /// the second person begins as a newcomer.
  ///
  /// The shared login's sessions and devices end, and its password, which somebody else knows, must be changed before
  /// anything else is done with it. The finding is settled.
  ///
  /// - Parameter staff: whose login it must be about; nil: whoever's it is.
  /// - Returns: who is new, and the link of their invite.
  /// - Throws: `.unknown` for a finding that is none, about somebody else, or was settled; `.invalid` at `name`, `email` and `mailbox-reason`.
  package func splitLogin(
    _ finding: Identifier,
    of staff: Slug? = nil,
    giving second: SecondPerson,
    by person: StaffPerson
  ) async throws -> (person: StaffMember, link: String) {
    try await require(.endAccess, by: person, .loginSplit, for: .administration)
    // It makes a person, and invites them.
    try await require(.manageRoles, by: person, .loginSplit, for: .administration)
    try await require(.invitePeople, by: person, .loginSplit, for: .administration)
    let newcomer: NewPerson
    do throws(Refusal) {
      newcomer = try NewPerson(checking: second)
    } catch {
      try await refuse(.loginSplit, by: person.actor, for: .administration, error)
    }
    let now = clock.now()
    let blank = try await keys.takeBlank()
    let index = staffIndex(newcomer.email.text)
    let email = try newcomer.sealedEmail(blank.keys)
    let reason = try newcomer.sealedReason(blank.keys)
    let timetable = try await timetable()
    let split = try await act(.loginSplit, by: person.actor, for: .administration) {
      [self] changes, detail in
      guard let found = try changes.openFinding(finding), found.staff == staff ?? found.staff else {
        throw Refusal(.unknown)
      }
      try changes.hold([.newRules, .access(found.staff)])
      // Which login it is about never changes; whether it is settled may have, before all was held.
      guard try changes.openFinding(finding) != nil, let stored = try changes.business(),
        let shared = stored.business.staffMember(found.staff)
      else { throw Refusal(.unknown) }
      guard try changes.staffAccount(emailIndex: index) == nil else {
        throw Refusal.invalid("email", .addressTaken)
      }
      let taken = Set(try changes.staffAccounts().map(\.id) + stored.business.staff.map(\.id))
      let role = stored.business.isStrong(shared.role) ? Role.newcomer : shared.role
      var member = StaffMember(idle: try newcomer.id(besides: taken), newcomer.name, role)
      member.locations = stored.business.places(of: shared).sorted()
      member.team = shared.team
      member.engagement = shared.engagement
      try changes.put(StaffAccount(new: member.id, email: email, blank.keys), emailIndex: index)
      try changes.setMailboxReason(of: member.id, reason)
      var business = stored.business
      business.staff.append(member)
      try changes.replace(business, version: stored.version + 1)
      let invite = try newInvite(for: member.id, at: index, now)
      try add(invite, changes, now)
      try changes.endSessions(of: shared.id, at: now)
      try changes.forgetDevices(of: shared.id, at: now)
      try changes.askForPassword(of: shared.id, because: .sharedLogin)
      _ = try changes.settleFinding(finding, as: .split, at: now)
      try tell(shared.id, .sessionsEnded, about: finding, changes, now)
      try tellOwners(of: shared.id, .sessionsEnded, about: finding, changes, timetable, now)
      if let account = try changes.staffAccount(member.id) {
        try tellOwners(of: person.id, .roleGiven, about: account.subject, changes, timetable, now)
      }
      detail.touch(staff: shared.id)
      detail.touch(staff: member.id)
      detail.records.append("finding/\(finding)")
      return (member, link(to: invite))
    }
    sessions.forgetAll()
    try await refreshBusiness()
    return split
  }
}

extension NewPerson {
  fileprivate init(checking second: SecondPerson) throws(Refusal) {
    var check = FieldCheck()
    let person = NewPerson(
      name: second.name,
      email: second.email,
      mailboxReason: second.mailboxReason,
      &check
    )
    try check.finish()
    guard let person else { throw Refusal(.invalid) }
    self = person
  }

  /// Made from the first word of the name, or `colleague` where that has no letters.
  func id(besides taken: Set<Slug>) throws(Refusal) -> Slug {
    guard
      let id = Slug(spelling: String(name.split(separator: " ").first ?? "")) ?? Slug("colleague")
    else { throw Refusal(.invalid) }
    return id.distinct(from: taken)
  }
}

extension StaffMember {
  /// Somebody of this role who serves nobody yet.
  init(idle id: Slug, _ name: String, _ role: Role) {
    self.init(id: id, name: name, role: role, services: [], hours: [], overrides: [], limits: .none)
  }
}
