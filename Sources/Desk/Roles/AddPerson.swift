import Audit
package import Booking
import People
package import Primitives
import Storage
import Vault

/// Somebody who is going to work here, as a page describes them.
package struct PersonForm: Sendable {
  package var name: String?
  package var email: String?
  /// Needed for an address that belongs to a role alone.
  package var mailboxReason: String?
  package var role: Role
  package var locations: [Slug]
  package var team: Slug?
  package var engagement: Engagement?

  package init(
    name: String?,
    email: String?,
    mailboxReason: String?,
    role: Role,
    locations: [Slug] = [],
    team: Slug? = nil,
    engagement: Engagement? = nil
  ) {
    self.name = name
    self.email = email
    self.mailboxReason = mailboxReason
    self.role = role
    self.locations = locations
    self.team = team
    self.engagement = engagement
  }
}

/// Who is new.
package struct AddedPerson: Sendable {
  package let person: StaffMember
  /// Of their invite; shown once.
  package let link: String
  package let outcome: RoleOutcome
}

extension Desk {
  /// Adds somebody to the business with a role and an invite; services and working time come later.
  ///
  /// A role with a strong verb waits for a second person; until then they are a newcomer, who may do nothing.
  ///
  /// - Throws: `.invalid` at `name`, `email`, `mailbox-reason`, `role`, `locations`, `last_day` and `purpose`.
  package func addPerson(_ form: PersonForm, by person: StaffPerson) async throws -> AddedPerson {
    try await require(.manageRoles, by: person, .personAdded, for: .administration)
    try await require(.invitePeople, by: person, .personAdded, for: .administration)
    let newcomer: NewPerson
    do throws(Refusal) {
      newcomer = try NewPerson(checking: form, try await known())
    } catch {
      try await refuse(.personAdded, by: person.actor, for: .administration, error)
    }
    let now = clock.now()
    let blank = try await keys.takeBlank()
    let index = staffIndex(newcomer.email.text)
    let email = try newcomer.sealedEmail(blank.keys)
    let reason = try newcomer.sealedReason(blank.keys)
    let added = try await act(.personAdded, by: person.actor, for: .administration) {
      [self] changes, detail in
      let stored = try holdBusiness(nil, changes)
      guard try changes.staffAccount(emailIndex: index) == nil else {
        throw Refusal.invalid("email", .addressTaken)
      }
      let taken = Set(try changes.staffAccounts().map(\.id) + stored.business.staff.map(\.id))
      let id = try newcomer.id(besides: taken.union([Slug("new")].compactMap { $0 }))
      let grant = form.grant(to: id)
      var check = FieldCheck()
      check.role(grant, stored.business, today: try today(stored.business))
      try check.finish()
      try changes.put(StaffAccount(new: id, email: email, blank.keys), emailIndex: index)
      try changes.setMailboxReason(of: id, reason)
      var business = stored.business
      business.staff.append(StaffMember(idle: id, newcomer.name, .newcomer))
      try changes.replace(business, version: stored.version + 1)
      let outcome = try settle(
        .give(grant),
        on: (stored.version + 1, business),
        by: person,
        changes,
        &detail
      )
      detail.act = nil
      let invite = try newInvite(for: id, at: index, now)
      try add(invite, changes, now)
      let member = RoleChange.give(grant).applied(to: business).staffMember(id)
      return AddedPerson(
        person: (outcome == .done ? member : nil) ?? StaffMember(idle: id, newcomer.name, .newcomer),
        link: link(to: invite),
        outcome: outcome
      )
    }
    sessions.forgetAll()
    try await refreshBusiness()
    return added
  }

  /// What is wrong with it, all at once, before anything is added.
  ///
  /// - Throws: `.invalid`; nothing when all is well.
  package func checkPerson(_ form: PersonForm, by person: StaffPerson) async throws {
    try await require(.invitePeople, by: person, .personAdded, for: .administration)
    do throws(Refusal) {
      _ = try NewPerson(checking: form, try await known())
    } catch {
      try await refuse(.personAdded, by: person.actor, for: .administration, error)
    }
  }

  private func known() async throws(Refusal) -> (business: Business, today: CivilDay) {
    do {
      let business = try await timetable().business
      return (business, try today(business))
    } catch { throw Refusal(.away) }
  }
}

extension PersonForm {
  fileprivate func grant(to id: Slug) -> RoleGrant {
    RoleGrant(person: id, role: role, locations: locations, team: team, engagement: engagement)
  }
}

extension NewPerson {
  /// Everything that is wrong is told at once.
  fileprivate init(checking form: PersonForm, _ known: (business: Business, today: CivilDay)) throws(Refusal)
  {
    var check = FieldCheck()
    let person = NewPerson(
      name: form.name,
      email: form.email,
      mailboxReason: form.mailboxReason,
      &check
    )
    guard let placeholder = Slug("new") else { throw Refusal(.invalid) }
    check.role(form.grant(to: placeholder), known.business, today: known.today)
    try check.finish()
    guard let person else { throw Refusal(.invalid) }
    self = person
  }
}
