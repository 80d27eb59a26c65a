import Audit
import Booking
package import People
package import Primitives
import Storage

extension Desk {
  /// The newest sessions that are compared; nobody has so many in a week but programs.
  private static let sightsAtMost = 200

  /// What now speaks for several people using this login; nil when nothing does, or an owner has been told.
  static func sharedLoginSigns(
    of staff: Slug,
    _ records: any Records,
    _ now: Instant
  ) throws -> [SharedLoginSign]? {
    // What an owner has settled is over: it speaks for nothing any more.
    let since = max(
      now - SharedLogin.churnMemory,
      try records.lastSettledFinding(of: staff) ?? now - .days(400)
    )
    let signs = SharedLogin.signs(
      try records.sights(of: staff, since: since, openSince: now - SessionRule.longest, atMost: sightsAtMost),
      newDevices: try records.devicesMade(by: staff, since: since),
      hasPasskey: try !records.passkeys(of: staff).isEmpty
    )
    guard !signs.isEmpty,
      try !records.isKnownFinding(of: staff, explainedSince: now - SharedLogin.explained)
    else { return nil }
    return signs
  }

  /// Raises a finding and tells the owners, when something speaks for a shared login that nobody was told of
  /// yet (R14).
  ///
  /// Looked at whenever somebody signs in and once a minute while a session is used.
  func findSharing(of staff: Slug) async throws {
    let now = clock.now()
    guard try await store.read({ try Desk.sharedLoginSigns(of: staff, $0, now) }) != nil else { return }
    let timetable = try await timetable()
    let finding = Identifier(at: now)
    do {
      try await act(.findingRaised, by: .server, for: .signIn) { [self] changes, detail in
        try changes.hold([.access(staff)])
        guard let signs = try Desk.sharedLoginSigns(of: staff, changes, now) else { throw Refusal(.stale) }
        try changes.add(Finding(id: finding, staff: staff, signs: signs, foundAt: now))
        for owner in try owners(timetable, changes) {
          try changes.post(notice(.sharedLogin, to: owner, about: finding, "", now))
        }
        detail.touch(staff: staff)
        detail.records.append("finding/\(finding)")
      }
    } catch let refusal as Refusal where refusal.code == .stale {
      // Somebody else raised it at the same moment.
    }
  }

  /// Findings that nobody has settled, newest first. Shows names of logins only, so only a refusal is
  /// recorded.
  package func openFindings(by person: StaffPerson) async throws -> [Finding] {
    try await require(.viewPeople, by: person, .accessOpened, for: .administration)
    return try await store.read { try $0.openFindings() }
  }

  /// Says what a finding came to.
  ///
  /// - Parameter staff: about whom it must be; nil: whoever it is about.
  /// - Throws: `.unknown` for one that is none, about somebody else, or was settled before.
  package func settleFinding(
    _ id: Identifier,
    of staff: Slug? = nil,
    as outcome: FindingOutcome,
    by person: StaffPerson
  ) async throws {
    let now = clock.now()
    try await act(.findingSettled, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.endAccess, person, on: .business)
      guard let finding = try changes.openFinding(id), finding.staff == staff ?? finding.staff,
        try changes.settleFinding(id, as: outcome, at: now)
      else { throw Refusal(.unknown) }
      detail.touch(staff: finding.staff)
      detail.records.append("finding/\(id)")
    }
  }
}
