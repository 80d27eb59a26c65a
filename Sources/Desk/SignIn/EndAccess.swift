import Audit
import Booking
import People
package import Primitives
import Storage

extension Desk {
  /// Ends one session of one's own, or of anybody for an owner who has just proved who they are (R40).
  /// Effective here at once and in other processes within half a second.
  ///
  /// - Throws: `.unknown` for one that is not theirs or has ended.
  package func endSession(_ id: Identifier, of staff: Slug, by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.sessionEnded, by: person.actor, for: .administration) { [self] changes, detail in
      try permitEnding(of: staff, person)
      guard try changes.session(id)?.session.staff == staff, try changes.endSession(id, at: now) else {
        throw Refusal(.unknown)
      }
      detail.touch(staff: staff)
    }
    sessions.forgetAll()
  }

  /// Ends all sessions of somebody; by another person, they are told.
  ///
  /// - Parameter spared: one's own session that goes on, for "everywhere else".
  /// - Returns: how many ended.
  @discardableResult
  package func endSessions(
    of staff: Slug,
    sparing spared: Identifier?,
    by person: StaffPerson
  ) async throws -> Int {
    let now = clock.now()
    let count = try await act(.sessionsEnded, by: person.actor, for: .administration) {
      [self] changes, detail in
      try permitEnding(of: staff, person)
      guard try changes.staffAccount(staff) != nil else { throw Refusal(.unknown) }
      let count = try changes.endSessions(of: staff, except: spared, at: now)
      if staff != person.id, count > 0 {
        try tell(staff, .sessionsEnded, about: person.session, changes, now)
      }
      detail.touch(staff: staff)
      detail.count = count
      return count
    }
    sessions.forgetAll()
    return count
  }

  /// Forgets a device: its sessions end, and the next sign-in there is one from a new device.
  ///
  /// - Throws: `.unknown` for one that is not theirs or was forgotten.
  package func forgetDevice(_ id: Identifier, of staff: Slug, by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.deviceForgotten, by: person.actor, for: .administration) { [self] changes, detail in
      try permitEnding(of: staff, person)
      guard try changes.forgetDevice(id, of: staff, at: now) else { throw Refusal(.unknown) }
      try changes.endSessions(onDevice: id, at: now)
      detail.touch(staff: staff)
    }
    sessions.forgetAll()
  }

  /// Whether nobody has ended a session; one that is only too old still stands, since its screen may keep work.
  package func sessionStands(_ id: Identifier) async throws -> Bool {
    try await store.ask { try $0.sessionStands(id) }
  }

  /// Takes a passkey from somebody, as after a lost phone: it signs nobody in any more, all their sessions end, and they and
  /// the owners are told. It may be the last way they sign in; then they start over.
  ///
  /// - Throws: `.unknown` for none of theirs; `.notAllowed` for one's own, which ``removePasskey(_:by:)`` removes, for an
  ///   owner's by somebody who may not agree to what takes two, and where no owner could sign in any more.
  package func takePasskey(_ id: Identifier, of staff: Slug, by person: StaffPerson) async throws {
    let now = clock.now()
    let timetable = try await timetable()
    try await act(.passkeyRemoved, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.endAccess, person, on: .business)
      try changes.hold([.access(staff)])
      guard staff != person.id else { throw Refusal(.notAllowed) }
      guard let account = try changes.staffAccount(staff), try changes.removePasskey(id, of: staff) else {
        throw Refusal(.unknown)
      }
      if let business = try changes.business()?.business, business.staffMember(staff)?.role == .owner {
        try permit(.approveAccess, person, on: .business)
        let isAble = try PeopleRows(changes, now: now).able.contains(staff)
        guard try isAble || changes.hasOwner(besides: staff, business, now: now) else {
          throw Refusal(.notAllowed)
        }
      }
      try changes.endSessions(of: staff, at: now)
      try tell(staff, .passkeyTaken, about: account.subject, changes, now)
      try tellOwners(of: person.id, .passkeyTaken, about: account.subject, changes, timetable, now)
      detail.touch(staff: staff)
      detail.records.append("passkey/\(id)")
    }
    sessions.forgetAll()
  }

  func permitEnding(of staff: Slug, _ person: StaffPerson) throws(Refusal) {
    if staff == person.id { try admit(person) } else { try permit(.endAccess, person, on: .business) }
  }
}
