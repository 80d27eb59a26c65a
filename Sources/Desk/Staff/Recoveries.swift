import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

/// A recovery that was neither taken up nor ended: somebody who has signed in here before is to set up their sign-in anew.
package struct WaitingRecovery: Sendable, Hashable {
  package let id: Identifier
  package let askedBy: Slug
  package let askedAt: Instant
  package let opensAt: Instant
  package let expiresAt: Instant
  /// Who let it open before its time.
  package let openedBy: Slug?

  init?(_ invite: Invite) {
    guard let recovery = invite.recovery else { return nil }
    id = invite.id
    askedBy = recovery.askedBy
    askedAt = invite.madeAt
    opensAt = recovery.opensAt
    expiresAt = invite.expiresAt
    openedBy = recovery.openedBy
  }

  package func isOpen(at now: Instant) -> Bool { now >= opensAt }
}

extension Desk {
  /// How long a recovery waits before it opens, in seconds.
  package static let recoveryWait = Int.hours(24)

  /// The notice's detail of the second message, at the moment it opens.
  static let recoveryReminder = "open"

  /// Asks that somebody set up their sign-in anew (R48). Its link is mailed to the person's own address, now and when it
  /// opens, and shown to nobody; the person and the owners are told at once.
  ///
  /// - Returns: when it opens.
  /// - Throws: `.unknown`; `.mailNotSet` when the link could not reach the person.
  func askRecovery(of staff: Slug, by person: StaffPerson) async throws -> Instant {
    let now = clock.now()
    let opensAt = now + Desk.recoveryWait
    let timetable = try await timetable()
    try await act(.recoveryAsked, by: person.actor, for: .administration) { [self] changes, detail in
      try changes.hold([.newRules, .access(staff)])
      guard try changes.staffAccount(staff)?.active == true,
        try changes.business()?.business.staffMember(staff) != nil,
        let index = try changes.addressIndex(of: staff)
      else { throw Refusal(.unknown) }
      guard try changes.mailSettings() != nil else { throw Refusal(.mailNotSet) }
      let recovery = Recovery(askedBy: person.id, opensAt: opensAt)
      let invite = try newInvite(for: staff, at: index, now, recovery)
      try changes.add(invite)
      try mail(invite, due: now, "", changes, now)
      try mail(invite, due: opensAt, Desk.recoveryReminder, changes, now)
      try tellOwners(of: staff, .recoveryAsked, about: invite.id, changes, timetable, now)
      detail.touch(staff: staff)
      detail.touch(recovery: invite.id)
    }
    return opensAt
  }

  /// Lets a recovery open before its time: two people want it, so neither can do it alone.
  ///
  /// - Throws: `.unknown` for one that is none, is open or has ended; `.notAllowed` to who asked for it, to whose it is, and
  ///   within a day after one's own sign-in was set up by an invite.
  package func openRecovery(_ id: Identifier, of staff: Slug, by person: StaffPerson) async throws {
    let now = clock.now()
    let timetable = try await timetable()
    try await act(.recoveryOpened, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.invitePeople, person, on: .business)
      try changes.hold([.access(staff)])
      guard let invite = try changes.openInvite(id, now: now), invite.staff == staff,
        let recovery = invite.recovery
      else { throw Refusal(.unknown) }
      detail.touch(staff: staff)
      detail.touch(recovery: id)
      guard ![recovery.askedBy, staff].contains(person.id),
        try isSettled(person.id, for: recovery.askedBy, changes)
      else {
        throw Refusal(.notAllowed)
      }
      guard try changes.openRecovery(id, by: person.id, at: now, until: now + Desk.inviteLifetime),
        let opened = try changes.openInvite(id, now: now)
      else { throw Refusal(.unknown) }
      try mail(opened, due: now, "", changes, now)
      try tellOwners(of: staff, .recoveryOpened, about: id, changes, timetable, now)
    }
  }

  /// Ends a recovery, one's own or anybody's; the person and the owners are told.
  ///
  /// - Throws: `.unknown` for one that is none, was taken up or has ended.
  package func endRecovery(_ id: Identifier, of staff: Slug, by person: StaffPerson) async throws {
    try await endRecovery(id, of: staff, by: person.actor, orElse: .unknown) { [self] in
      try permitEnding(of: staff, person)
    }
  }

  /// What "I did not ask for this" is about, before it is done. Changes nothing.
  ///
  /// - Throws: `.linkSpent` for a code that is wrong, and for a recovery that was taken up or has ended.
  package func openStop(_ code: String) async throws -> WaitingRecovery {
    let now = clock.now()
    let row = stoppedRow(code)
    let found = try await readAndRecord(.accessOpened, by: .stranger(network: ""), for: .signIn) {
      records,
      detail -> WaitingRecovery? in
      guard let row, let invite = try records.openInvite(row, now: now) else { return nil }
      detail.touch(staff: invite.staff)
      return WaitingRecovery(invite)
    }
    guard let found else {
      try await refuse(.accessOpened, by: .stranger(network: ""), for: .signIn, Refusal(.linkSpent))
    }
    return found
  }

  /// "I did not ask for this": ends the recovery whose mail the code is from, and nothing else. Asks for no sign-in.
  ///
  /// - Throws: `.linkSpent`.
  package func stopRecovery(_ code: String) async throws {
    guard let row = stoppedRow(code) else {
      try await refuse(.recoveryEnded, by: .stranger(network: ""), for: .signIn, Refusal(.linkSpent))
    }
    try await endRecovery(row, of: nil, by: .stranger(network: ""), orElse: .linkSpent) {}
  }

  /// Whether a code of the "this was not me" page is about a recovery and not about a sign-in.
  package func isAboutRecovery(_ code: String) -> Bool { stoppedRow(code) != nil }

  private func stoppedRow(_ code: String) -> Identifier? {
    LinkCode(code).flatMap { ring.isGenuine($0, for: .stopRecovery) ? $0.row : nil }
  }

  private func endRecovery(
    _ id: Identifier,
    of named: Slug?,
    by actor: Actor,
    orElse missing: RefusalCode,
    _ permit: @escaping @Sendable () throws -> Void
  ) async throws {
    let now = clock.now()
    let timetable = try await timetable()
    try await act(.recoveryEnded, by: actor, for: .administration) { [self] changes, detail in
      try permit()
      guard let staff = try changes.openInvite(id, now: now)?.staff, named ?? staff == staff else {
        throw Refusal(missing)
      }
      try changes.hold([.access(staff)])
      guard try changes.endRecovery(id, at: now) else { throw Refusal(missing) }
      try tell(staff, .recoveryEnded, about: id, changes, now)
      try tellOwners(of: staff, .recoveryEnded, about: id, changes, timetable, now)
      detail.touch(staff: staff)
      detail.touch(recovery: id)
    }
  }

  private func mail(
    _ invite: Invite,
    due: Instant,
    _ detail: String,
    _ changes: any Changes,
    _ now: Instant
  ) throws {
    try changes.post(
      NoticeRow(
        id: Identifier(at: now),
        kind: .invite,
        recipient: .staff(invite.staff),
        about: invite.id,
        detail: detail,
        dueAt: due,
        expiresAt: invite.expiresAt
      )
    )
  }
}
