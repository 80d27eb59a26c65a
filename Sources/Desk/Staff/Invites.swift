import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

/// What an owner gets who invites somebody.
package enum MadeInvite: Sendable, Hashable {
  /// To be handed over, for somebody who has never signed in here.
  case link(String)
  /// The link is mailed to the person alone, and opens then.
  case recovery(opensAt: Instant)
}

extension Desk {
  /// How long an invite can be taken up, in seconds.
  package static let inviteLifetime = Int.hours(24)

  /// Makes a one-time link with which a member of staff sets up how they sign in; earlier ones end. With a mail server it is
  /// mailed to the person as well.
  ///
  /// Works at once, also for somebody who has signed in before: who can run commands on the server's machine needs no leave
  /// from it. Until it is taken up nothing else changes. Somebody who had left is let back in by it.
  ///
  /// - Throws: `.unknown` for somebody the business does not name, `.invalid` at `email` when somebody else signs in with
  ///   the address of one who comes back.
  package func invite(_ staff: Slug, by actor: Actor) async throws -> String {
    try await invite(staff, by: actor) { _, _ in }
  }

  /// The same for an owner on the page, who has proved who they are in the last minutes. Somebody who has signed in before
  /// gets a recovery instead, whose link nobody is shown.
  ///
  /// Whoever is let back in does not bring a role along that looks after the business, nor any role where the inviter may
  /// not give roles: they begin as a newcomer.
  ///
  /// - Throws: besides, `.mailNotSet` for a recovery that could not reach the person; `.notAllowed` for an invite to a role
  ///   that looks after the business, by somebody who may not give roles.
  package func invite(_ staff: Slug, by person: StaffPerson) async throws -> MadeInvite {
    try await require(.invitePeople, by: person, .inviteMade, for: .administration)
    if try await store.read({ try $0.hasTakenUp(staff) }) {
      return .recovery(opensAt: try await askRecovery(of: staff, by: person))
    }
    let link = try await invite(staff, by: person.actor) { [self] changes, account in
      // Taken up meanwhile: then it would be one.
      if try changes.hasTakenUp(account.id) { throw Refusal(.stale) }
      try lowerRole(of: account, by: person, changes)
    }
    sessions.forgetAll()
    try await refreshBusiness()
    return .link(link)
  }

  /// Whoever holds the link can take it up, so that it must not give what takes two people, nor what its holder could not
  /// give themselves.
  private func lowerRole(of account: StaffAccount, by person: StaffPerson, _ changes: any Changes) throws {
    guard let stored = try changes.business(), let member = stored.business.staffMember(account.id) else {
      return
    }
    let isStrong = stored.business.isStrong(member.role)
    if isStrong { try permit(.manageRoles, person, on: .business) }
    let isOthers = !person.holder.decide(.manageRoles, on: .business, now: clock.now()).isGranted
    guard !account.active, isStrong || isOthers else { return }
    var grant = RoleGrant(member)
    grant.role = .newcomer
    try changes.replace(RoleChange.give(grant).applied(to: stored.business), version: stored.version + 1)
  }

  private func invite(
    _ staff: Slug,
    by actor: Actor,
    _ check: @escaping @Sendable (any Changes, StaffAccount) throws -> Void
  ) async throws -> String {
    let now = clock.now()
    let returning = try await addressOfLeaver(staff)
    return try await act(.inviteMade, by: actor, for: .administration) { [self] changes, detail in
      try changes.hold([.newRules, .access(staff)])
      guard let account = try changes.staffAccount(staff),
        try changes.business()?.business.staffMember(staff) != nil
      else { throw Refusal(.unknown) }
      try check(changes, account)
      if !account.active { try letBack(staff, at: returning, changes) }
      guard let index = try changes.addressIndex(of: staff) else { throw Refusal(.unknown) }
      let invite = try newInvite(for: staff, at: index, now)
      try add(invite, changes, now)
      detail.touch(staff: staff)
      return link(to: invite)
    }
  }

  func newInvite(
    for staff: Slug,
    at emailIndex: [UInt8],
    _ now: Instant,
    _ recovery: Recovery? = nil
  ) throws -> Invite {
    let row = Identifier(at: now)
    return Invite(
      id: row,
      staff: staff,
      emailIndex: emailIndex,
      totpSecret: try ring.businessCells(.credentials).seal(TOTP().base32, at: Desk.inviteCell(row)),
      madeAt: now,
      expiresAt: (recovery?.opensAt ?? now) + Desk.inviteLifetime,
      recovery: recovery
    )
  }

  /// Adds an invite inside an act's transaction, and its mail where one can leave.
  func add(_ invite: Invite, _ changes: any Changes, _ now: Instant) throws {
    try changes.add(invite)
    guard try changes.mailSettings() != nil else { return }
    try changes.post(
      NoticeRow(
        id: Identifier(at: now),
        kind: .invite,
        recipient: .staff(invite.staff),
        about: invite.id,
        dueAt: now,
        expiresAt: invite.expiresAt
      )
    )
  }

  /// From the configured address alone; the code stands in the fragment.
  func link(to invite: Invite) -> String {
    "\(address)/staff/\(business)/invite#\(ring.linkCode(.invite, row: invite.id))"
  }

  static func inviteCell(_ row: Identifier) -> Cell {
    Cell(table: "invite", column: "totp_secret", row: row, rowVersion: 1, class: .credentials)
  }

  /// The blind index of the address somebody who left signed in with; nil for everybody else.
  private func addressOfLeaver(_ staff: Slug) async throws -> [UInt8]? {
    let found = try await store.read { records -> StaffAccount? in
      try records.leavers()[staff] == nil ? nil : try records.staffAccount(staff)
    }
    guard let account = found, let keys = try await keys.open(account.subject) else { return nil }
    return staffIndex(try keys.open(account.email, at: account.emailCell()))
  }

  private func letBack(_ staff: Slug, at emailIndex: [UInt8]?, _ changes: any Changes) throws {
    guard let emailIndex else { throw Refusal(.unknown) }
    guard try changes.staffAccount(emailIndex: emailIndex) == nil else {
      throw Refusal.invalid("email", .addressTaken)
    }
    try changes.letBack(staff, emailIndex: emailIndex)
  }
}
