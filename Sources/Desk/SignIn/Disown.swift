import Audit
import Booking
package import People
package import Primitives
import Storage
import Vault

/// What "this was not me" asks about, before it is done.
package struct DisownedSignIn: Sendable {
  /// "Firefox on Linux".
  package let kind: String
  package let startedAt: Instant
  package let unusual: [UnusualSign]
}

/// What is to be done after "this was not me".
package struct Disowned: Sendable {
  package let staff: Slug
  /// No owner is left who could sign in and send an invite: whoever runs the server has to make one.
  package let needsServer: Bool
  /// Messages about it can leave.
  package let isTold: Bool
}

extension Desk {
  /// Shows which sign-in a link is about. Changes nothing, so that mail scanners that open links do no harm.
  ///
  /// - Throws: `.linkSpent` for a code that is wrong, used or older than seven days: all look the same.
  package func disownOptions(_ code: String) async throws -> DisownedSignIn {
    let now = clock.now()
    let row = disownedRow(code)
    let found = try await readAndRecord(.accessOpened, by: .stranger(network: ""), for: .signIn) {
      [self] records, detail -> DisownedSignIn? in
      guard let row, let (session, kind) = try records.session(row), isDisownable(session, now),
        try !records.isSpent(challenge: spentForm(ofDisowning: row))
      else { return nil }
      detail.touch(staff: session.staff)
      return DisownedSignIn(kind: kind, startedAt: session.startedAt, unusual: session.unusual)
    }
    guard let found else {
      try await refuse(.accessOpened, by: .stranger(network: ""), for: .signIn, Refusal(.linkSpent))
    }
    return found
  }

  /// "This was not me": ends every way in of the person whose sign-in it was - sessions, devices, passkeys,
  /// codes, password and invites - and what was asked for in their name and nobody has agreed to yet; tells the
  /// owners. The account stays; a new invite opens it again. Each link works once.
  ///
  /// Asks for no sign-in: who got the mail may be locked out already, and ending is all that it can do.
  ///
  /// - Throws: `.linkSpent`.
  @discardableResult
  package func disown(_ code: String) async throws -> Disowned {
    let now = clock.now()
    let timetable = try await timetable()
    let row = disownedRow(code)
    let disowned = try await act(.signInDisowned, by: .stranger(network: ""), for: .signIn) {
      [self] changes, detail in
      guard let row, let (session, _) = try changes.session(row), isDisownable(session, now),
        try changes.spendChallenge(
          spentForm(ofDisowning: row),
          until: session.startedAt + Desk.disownWindow,
          now: now
        )
      else { throw Refusal(.linkSpent) }
      try changes.hold([.access(session.staff)])
      // So that the password somebody else may know joins the old ones, which are not taken again.
      try setPassword(nil, of: session.staff, in: changes, at: now)
      try changes.endAccess(of: session.staff, at: now)
      for approval in try changes.openApprovals() where approval.askedBy == session.staff {
        _ = try changes.settleApproval(approval.id, as: .withdrawn, by: nil, at: now)
        detail.records.append("approval/\(approval.id)")
      }
      let able = try PeopleRows(changes, now: now).able
      let needsServer = !timetable.business.staff.contains { $0.role == .owner && able.contains($0.id) }
      try tell(session.staff, needsServer ? .disownedAlone : .disowned, about: row, changes, now)
      try tellOwners(of: session.staff, .disowned, about: row, changes, timetable, now)
      detail.touch(staff: session.staff)
      return Disowned(
        staff: session.staff,
        needsServer: needsServer,
        isTold: try changes.mailSettings() != nil
      )
    }
    sessions.forgetAll()
    return disowned
  }

  private func disownedRow(_ code: String) -> Identifier? {
    LinkCode(code).flatMap { ring.isGenuine($0, for: .disown) ? $0.row : nil }
  }

  private func isDisownable(_ session: SessionRecord, _ now: Instant) -> Bool {
    now < session.startedAt + Desk.disownWindow
  }

  private func spentForm(ofDisowning session: Identifier) -> [UInt8] {
    Hash32(of: Array("disown".utf8) + session.bytes).bytes
  }
}
