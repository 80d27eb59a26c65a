import Booking
import People
import Primitives
import Storage

extension Desk {
  /// How long a notice about signing in says something, and its "this was not me" works, in seconds.
  package static let disownWindow: Int = .days(7)

  /// Tells somebody in the act's transaction that their way in was changed.
  func tell(
    _ staff: Slug,
    _ change: AccessChange,
    about row: Identifier,
    _ changes: any Changes,
    _ now: Instant
  ) throws {
    try changes.post(notice(.accessChanged, to: staff, about: row, change.rawValue, now))
  }

  /// Tells every owner but the person the same.
  func tellOwners(
    of staff: Slug,
    _ change: AccessChange,
    about row: Identifier,
    _ changes: any Changes,
    _ timetable: Timetable,
    _ now: Instant
  ) throws {
    for owner in try owners(timetable, changes) where owner != staff {
      try changes.post(notice(.othersAccessChanged, to: owner, about: row, change.rawValue, now))
    }
  }

  /// Tells them of what somebody did, once an hour.
  func tellOwnersHourly(
    of staff: Slug,
    _ change: AccessChange,
    _ changes: any Changes,
    _ timetable: Timetable,
    _ now: Instant
  ) throws {
    guard let account = try changes.staffAccount(staff),
      try !changes.hasNotice(of: change.rawValue, about: account.subject, since: now - .hours(1))
    else { return }
    try tellOwners(of: staff, change, about: account.subject, changes, timetable, now)
  }

  /// Tells the person and the owners of a sign-in with something unusual, and the person of a recovery code's
  /// use.
  func tell(
    of session: SessionRecord,
    _ changes: any Changes,
    _ timetable: Timetable,
    _ now: Instant
  ) throws {
    if session.method == .recoveryCode {
      try tell(session.staff, .recoveryCodeUsed, about: session.id, changes, now)
    }
    guard !session.unusual.isEmpty else { return }
    try changes.post(notice(.newSignIn, to: session.staff, about: session.id, "", now))
    for owner in try owners(timetable, changes) where owner != session.staff {
      try changes.post(notice(.othersSignIn, to: owner, about: session.id, "", now))
    }
  }

  /// Tells the person and the owners, once a day, that somebody signs with a copy of a passkey.
  func tellOfCopy(of passkey: PasskeyRow) async throws {
    let now = clock.now()
    let timetable = try await timetable()
    try await store.change { [self] changes in
      try changes.hold([.access(passkey.staff)])
      guard try !changes.isNoticed(passkey.id, since: now - .days(1)) else { return }
      try tell(passkey.staff, .clonedPasskey, about: passkey.id, changes, now)
      try tellOwners(of: passkey.staff, .clonedPasskey, about: passkey.id, changes, timetable, now)
    }
  }

  /// Owners whose account is active and whose last day is not over.
  func owners(_ timetable: Timetable, _ records: any Records) throws -> [Slug] {
    let now = clock.now()
    let active = Set(try records.staffAccounts().filter(\.active).map(\.id))
    return timetable.business.staff.filter { member in
      member.role == .owner && active.contains(member.id)
        && timetable.engagementEnd(of: member).map { now < $0 } ?? true
    }
    .map(\.id)
  }

  func notice(
    _ kind: NoticeKind,
    to staff: Slug,
    about row: Identifier,
    _ detail: String,
    _ now: Instant
  ) -> NoticeRow {
    NoticeRow(
      id: Identifier(at: now),
      kind: kind,
      recipient: .staff(staff),
      about: row,
      detail: detail,
      dueAt: now,
      expiresAt: now + Desk.disownWindow
    )
  }
}
