package import Booking
package import People
package import Primitives
import Storage
import Vault

/// A signed-in member of staff: who acts, from which session, in which role.
///
/// Comes from a session's token and from nowhere else, so that nothing a client says about itself becomes who
/// it is (V2).
package struct StaffPerson: Sendable, Hashable {
  package let id: Slug
  package let name: String
  package let role: Role
  /// What they may do: their role's rules, and leave for a time.
  package let holder: Holder
  package let session: Identifier
  package let device: Identifier
  /// What the session began with.
  package let method: SignInMethod
  /// When they last proved who they are, with two factors.
  package let provedAt: Instant
  /// Locked by hand or left idle: every act is refused but proving, locking and signing out.
  package let isLocked: Bool
  /// Every act is refused but changing it, proving, locking and signing out.
  package let passwordDue: PasswordDue?
  /// Works here until a last day, from outside.
  package let isEngaged: Bool

  package var actor: Actor { .staff(id, session: session) }

  fileprivate init(
    _ member: StaffMember,
    _ holder: Holder,
    _ session: SessionRecord,
    isLocked: Bool,
    _ due: PasswordDue?
  ) {
    id = member.id
    name = member.name
    role = member.role
    self.holder = holder
    self.session = session.id
    device = session.device
    method = session.method
    provedAt = session.provedAt
    self.isLocked = isLocked
    passwordDue = due
    isEngaged = member.engagement != nil
  }
}

extension Holder {
  /// Somebody of the business, by its rules.
  ///
  /// - Parameter reviewDueAt: by when their role must be confirmed.
  init(_ member: StaffMember, _ timetable: Timetable, reviewDueAt: Instant?, leaves: [Leave] = []) {
    let business = timetable.business
    let ends = [
      timetable.engagementEnd(of: member), StandingRule.lapses(member.role, reviewDueAt: reviewDueAt),
    ]
    self.init(
      id: member.id,
      role: business.definition(of: member.role) ?? .nothing(member.role),
      team: business.team(of: member),
      places: business.places(of: member),
      endsAt: ends.compactMap { $0 }.min(),
      leaves: leaves
    )
  }
}

extension Timetable {
  /// When somebody's last day is over, by the clock of the first place; nil for those who stay.
  func engagementEnd(of member: StaffMember) -> Instant? {
    guard let lastDay = member.engagement?.lastDay, let first = business.locations.first else { return nil }
    return zone(of: first.id)?.startOfDay(lastDay + 1)
  }
}

extension Desk {
  /// Who a session token belongs to, locked or not; nil for one that is unknown, ended or too old.
  package func person(token text: String) async throws -> StaffPerson? {
    guard let token = Token(text),
      let (session, due, reviewDueAt, leaves) = try await session(ring.storedForm(of: token))
    else {
      return nil
    }
    let now = clock.now()
    let timetable = try await timetable()
    guard let member = timetable.staffMember(session.staff) else { return nil }
    if let endsAt = timetable.engagementEnd(of: member), now >= endsAt { return nil }
    let holder = Holder(member, timetable, reviewDueAt: reviewDueAt, leaves: leaves)
    let state = SessionRule.state(
      role: holder.role,
      signedIn: session.startedAt,
      lastSeen: session.seenAt,
      isLocked: session.lockedAt != nil,
      now: now
    )
    guard state != .ended else { return nil }
    if state == .open, SessionRule.isWorthTouching(lastSeen: session.seenAt, now: now) {
      try await touch(session, at: now)
    }
    return StaffPerson(member, holder, session, isLocked: state == .locked, due)
  }

  private func session(_ tokenHash: [UInt8]) async throws -> SessionMemory.Seen? {
    if let known = sessions.find(tokenHash) { return known }
    let (generation, asked) = (sessions.generation, ContinuousClock.now)
    let now = clock.now()
    guard let found = try await store.ask({ try $0.openSession(tokenHash: tokenHash, now: now) }) else {
      return nil
    }
    sessions.keep(found, tokenHash, asked: asked, generation)
    return found
  }

  /// Writes that a session is in use, and looks whether its login is somewhere else at the same time.
  private func touch(_ session: SessionRecord, at now: Instant) async throws {
    let seesSigns = try await store.change { changes in
      try changes.touchSession(session.id, at: now)
      return try Desk.sharedLoginSigns(of: session.staff, changes, now) != nil
    }
    sessions.forgetAll()
    if seesSigns { try await findSharing(of: session.staff) }
  }
}
