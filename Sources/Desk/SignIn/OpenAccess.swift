import Audit
import Booking
package import People
package import Primitives
import Storage

/// How somebody gets in, and where they are in now.
package struct StaffAccess: Sendable {
  /// A session that goes on.
  package struct OpenSession: Sendable {
    package let id: Identifier
    package let device: Identifier
    /// "Firefox on Linux".
    package let kind: String
    package let method: SignInMethod
    package let startedAt: Instant
    package let seenAt: Instant
    package let isLocked: Bool
    /// The one that asks.
    package let isCurrent: Bool
    /// Began in the network that the asking session began in.
    package let isSameNetwork: Bool
    package let unusual: [UnusualSign]
  }

  /// A browser that is known to be theirs.
  package struct Device: Sendable {
    package let id: Identifier
    package let kind: String
    package let madeAt: Instant
    package let seenAt: Instant
    package let isCurrent: Bool
    package let isSameNetwork: Bool
  }

  package struct Passkey: Sendable {
    package let id: Identifier
    package let label: String
    package let madeAt: Instant
    package let usedAt: Instant?
    /// Kept in an account with a provider, not on one device only.
    package let isSynced: Bool
  }

  package let staff: Slug
  package let sessions: [OpenSession]
  package let devices: [Device]
  package let passkeys: [Passkey]
  package let hasPassword: Bool
  package let hasCodeApp: Bool
  package let recoveryCodesLeft: Int
  /// Somebody asked that this sign-in be set up anew.
  package let recovery: WaitingRecovery?
  package let findings: [Finding]
}

extension Desk {
  /// Shows somebody's ways in: one's own, or anybody's to who may view people. Recorded before it returns.
  ///
  /// - Throws: `.unknown` for somebody who does not work here.
  package func openAccess(of staff: Slug, by person: StaffPerson) async throws -> StaffAccess {
    if staff == person.id {
      try await requireAdmitted(person, .accessOpened, for: .administration)
    } else {
      try await require(.viewPeople, by: person, .accessOpened, for: .administration)
    }
    let now = clock.now()
    let access = try await readAndRecord(.accessOpened, by: person.actor, for: .administration) {
      [self] records, detail -> StaffAccess? in
      guard let account = try records.staffAccount(staff), account.active else { return nil }
      detail.touch(staff: staff)
      detail.fields = ["devices", "passkeys", "sessions"]
      return try self.access(of: account, by: person, records, now)
    }
    guard let access else {
      try await refuse(.accessOpened, by: person.actor, for: .administration, Refusal(.unknown))
    }
    return access
  }

  private func access(
    of account: StaffAccount,
    by person: StaffPerson,
    _ records: any Records,
    _ now: Instant
  ) throws -> StaffAccess {
    let here = try records.session(person.session)?.session.network
    let business = catalog.held?.timetable.business
    let member = business?.staffMember(account.id)
    let role = member.flatMap { business?.definition(of: $0.role) } ?? .nothing(.technician)
    let devices = try records.devices(of: account.id, since: now - Desk.deviceMemory)
    let kinds = Dictionary(uniqueKeysWithValues: devices.map { ($0.id, $0.kind) })
    let sessions = try records.openSessions(of: account.id, since: now - SessionRule.longest + 1)
    return StaffAccess(
      staff: account.id,
      sessions: sessions.map { session in
        let state = SessionRule.state(
          role: role,
          signedIn: session.startedAt,
          lastSeen: session.seenAt,
          isLocked: session.lockedAt != nil,
          now: now
        )
        return StaffAccess.OpenSession(
          id: session.id,
          device: session.device,
          kind: kinds[session.device] ?? "",
          method: session.method,
          startedAt: session.startedAt,
          seenAt: session.seenAt,
          isLocked: state != .open,
          isCurrent: session.id == person.session,
          isSameNetwork: session.network == here,
          unusual: session.unusual
        )
      },
      devices: devices.map { device in
        StaffAccess.Device(
          id: device.id,
          kind: device.kind,
          madeAt: device.madeAt,
          seenAt: device.seenAt,
          isCurrent: device.id == person.device,
          isSameNetwork: device.network == here
        )
      },
      passkeys: try records.passkeys(of: account.id).map { passkey in
        StaffAccess.Passkey(
          id: passkey.id,
          label: try label(of: passkey),
          madeAt: passkey.madeAt,
          usedAt: passkey.usedAt,
          isSynced: passkey.synced
        )
      },
      hasPassword: account.password != nil,
      hasCodeApp: account.totpSecret != nil,
      recoveryCodesLeft: try records.recoveryCodesLeft(of: account.id),
      recovery: try records.recoveries(now: now)[account.id].flatMap(WaitingRecovery.init),
      findings: person.id == account.id ? [] : try records.openFindings(of: account.id)
    )
  }
}
