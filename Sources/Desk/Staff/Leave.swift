import Audit
package import Booking
import People
package import Primitives
import Storage
import Vault

/// What happened when somebody left.
package struct Leaving: Sendable {
  package let person: StaffMember
  /// One for each kind of thing, in order.
  package let proofs: [LeaveProof]
  /// Bookings to come that are still with this person.
  package let coming: [DayVisit]
}

extension Desk {
  /// Ends all access of somebody in one act, takes their working time out of the business, and then tries each ended thing
  /// again. Coming bookings stay and are told.
  ///
  /// Effective here at once and in other processes within half a second. Done twice, it ends what came in between.
  ///
  /// - Throws: `.unknown` for nobody of the business, `.notAllowed` for the last owner who can sign in.
  package func leave(_ staff: Slug, by person: StaffPerson) async throws -> Leaving {
    let now = clock.now()
    let timetable = try await timetable()
    let (member, held, rows) = try await act(.personLeft, by: person.actor, for: .administration) {
      [self] changes, detail in
      try permit(.endAccess, person, on: .business)
      try changes.hold([.newRules, .staff(staff), .access(staff)])
      guard let stored = try changes.business(), let member = stored.business.staffMember(staff),
        let account = try changes.staffAccount(staff)
      else { throw Refusal(.unknown) }
      if member.role == .owner, try !changes.hasOwner(besides: staff, stored.business, now: now) {
        throw Refusal(.notAllowed)
      }
      let held = try changes.heldAccess(of: staff, now: now)
      try changes.removeAccess(of: staff, at: now)
      try changes.markLeft(staff, at: now)
      for finding in try changes.openFindings(of: staff) {
        _ = try changes.settleFinding(finding.id, as: .left, at: now)
      }
      let without = stored.business.withoutWork(of: [staff])
      if without != stored.business { try changes.replace(without, version: stored.version + 1) }
      try tell(staff, .left, about: account.subject, changes, now)
      try tellOwners(of: staff, .left, about: account.subject, changes, timetable, now)
      let rows = try changes.coming(of: staff, through: person.holder.sight(now: now), now: now)
      detail.touch(staff: staff)
      detail.show(rows)
      detail.touchLeave(of: person.holder, showing: rows, now: now)
      return (member, held, rows)
    }
    sessions.forgetAll()
    try await refreshBusiness()
    return Leaving(
      person: member,
      proofs: try await tryAgain(held, of: staff, now: now),
      coming: try await open(rows, timetable, for: person)
    )
  }

  /// Coming bookings of one person as far as they may be seen; recorded like any list.
  package func openComing(of staff: Slug, by person: StaffPerson) async throws -> [DayVisit] {
    _ = try await requireReach(.viewDay, by: person, .dayOpened, for: .visit)
    let now = clock.now()
    let sight = person.holder.sight(now: now)
    let rows = try await show(.dayOpened, to: person, for: .visit) { records, detail in
      let rows = try records.coming(of: staff, through: sight, now: now)
      detail.show(rows)
      detail.touchLeave(of: person.holder, showing: rows, now: now)
      return rows.isEmpty ? nil : (rows, of: rows.subjects)
    }
    return try await open(rows ?? [], try await timetable(), for: person)
  }

  /// Looks up everything that was held by the very statements that requests use.
  private func tryAgain(_ held: HeldAccess, of staff: Slug, now: Instant) async throws -> [LeaveProof] {
    try await store.read { records in
      func proof(_ thing: LeaveProof.Thing, _ count: Int, _ isRefused: Bool) -> LeaveProof {
        LeaveProof(thing: thing, count: count, isRefused: isRefused)
      }
      let signsIn =
        try held.emailIndex.map { try records.staffAccount(emailIndex: $0)?.id == staff } ?? false
      let account = try records.staffAccount(staff)
      return [
        proof(
          .session,
          held.sessions.count,
          try held.sessions.allSatisfy { try records.openSession(tokenHash: $0, now: now) == nil }
        ),
        proof(
          .device,
          held.devices.count,
          try held.devices.allSatisfy {
            try records.device(tokenHash: $0, of: staff, since: Instant(seconds: 0)) == nil
          }
        ),
        proof(
          .passkey,
          held.credentials.count,
          try held.credentials.allSatisfy { try records.passkey(credential: $0) == nil }
        ),
        proof(.password, held.hasPassword ? 1 : 0, !signsIn && account?.password == nil),
        proof(.codeApp, held.hasCodeApp ? 1 : 0, !signsIn && account?.totpSecret == nil),
        proof(
          .recoveryCode,
          held.recoveryCodes,
          try !signsIn && records.recoveryCodesLeft(of: staff) == 0
        ),
        proof(
          .invite,
          held.invites.count,
          try held.invites.allSatisfy { try records.openInvite($0, now: now) == nil }
        ),
      ]
    }
  }
}

extension Records {
  /// Whether somebody else is an owner, stays one, and has something to sign in with.
  func hasOwner(besides staff: Slug, _ business: Business, now: Instant) throws -> Bool {
    let able = try PeopleRows(self, now: now).able
    return business.staff.contains {
      $0.role == .owner && $0.engagement == nil && $0.id != staff && able.contains($0.id)
    }
  }

  fileprivate func coming(of staff: Slug, through sight: Sight, now: Instant) throws -> [(
    BookingRecord, ContactRecord?
  )] {
    guard let ahead = Interval(start: now, end: now + .days(800)) else { return [] }
    return try day(of: [staff], over: ahead, through: sight, now: now).visits.filter {
      $0.0.state == .booked && $0.0.served.start >= now
    }
  }
}

extension Business {
  /// The same without services and working time of these people: nothing new can be booked with them.
  func withoutWork(of people: Set<Slug>) -> Business {
    var business = self
    for index in business.staff.indices where people.contains(business.staff[index].id) {
      business.staff[index].services = []
      business.staff[index].hours = []
      business.staff[index].overrides = []
    }
    return business
  }
}
