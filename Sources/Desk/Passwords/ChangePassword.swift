import Audit
import Booking
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// Gives a signed-in person another password, or their first; every other session of theirs ends, and they are told.
  ///
  /// The password they have, if any, is always asked for (OWASP ASVS 6.2.3), besides a proof of the last five minutes, and tries at it
  /// are counted like tries at signing in on this device, so that a session left open is no place to guess it.
  ///
  /// - Throws: `.stepUpRequired`; `.invalid` with `current` when that is wrong, and with `password` for one that is too short, too long,
  ///   common, breached or used before; `.tooMany`, `.away`.
  package func changePassword(current: String, new: String, by person: StaffPerson) async throws {
    try await requireFresh(person, .passwordChanged, for: .signIn)
    let now = clock.now()
    let (account, index) = try await ownAccount(person)
    let place = SignInPlace.device(person.device)
    try await countTry(index, place, person, now)
    let name = try await timetable().business.staffMember(person.id)?.name ?? ""
    let email = try await keys.open(account.subject).map {
      try $0.open(account.email, at: account.emailCell())
    }
    var problem = try await passwordProblem(new, ownWords: [name, email ?? ""])
    let hash: String
    do {
      let isRight = try await isCurrent(current, of: account)
      if isRight { try await store.change { try $0.forgetSignInFailures(account: index, place: place) } }
      // What is refused anyway needs no comparing, and nobody learns old passwords who does not know the newest.
      if problem == nil, isRight, try await isUsedPassword(new, of: account) { problem = .usedPassword }
      var check = FieldCheck()
      if !isRight { check.add("current", current.isEmpty ? .missing : .mismatch) }
      if let problem { check.add("password", problem) }
      try check.finish()
      hash = try await hasher.hash(new)
    } catch VaultFault.busy {
      try await store.change { try $0.takeBackSignInFailure(account: index, place: place) }
      try await refuse(.passwordChanged, by: person.actor, for: .signIn, Refusal(.away))
    } catch let refusal as Refusal {
      try await refuse(.passwordChanged, by: person.actor, for: .signIn, refusal)
    }
    try await act(.passwordChanged, by: person.actor, for: .signIn) { [self] changes, detail in
      try changes.hold([.access(person.id)])
      guard let latest = try changes.staffAccount(person.id), latest.password == account.password else {
        throw Refusal(.stale)
      }
      try setPassword(hash, of: person.id, in: changes, at: now)
      detail.count = try changes.endSessions(of: person.id, except: person.session, at: now)
      try tell(person.id, .passwordChanged, about: person.session, changes, now)
      detail.touch(staff: person.id)
      detail.fields = ["password"]
    }
    sessions.forgetAll()
  }

  private func ownAccount(_ person: StaffPerson) async throws -> (StaffAccount, index: [UInt8]) {
    let found = try await store.read { records -> (StaffAccount, [UInt8])? in
      guard let account = try records.staffAccount(person.id),
        let index = try records.addressIndex(of: person.id)
      else { return nil }
      return (account, index)
    }
    guard let found else {
      try await refuse(.passwordChanged, by: person.actor, for: .signIn, Refusal(.unknown))
    }
    return found
  }

  /// True as well for somebody who has none yet.
  private func isCurrent(_ password: String, of account: StaffAccount) async throws -> Bool {
    guard let sealed = account.password else { return true }
    let hash = try ring.businessCells(.credentials).open(sealed, at: account.cell("password"))
    return try await hasher.verify(password, against: hash)
  }

  /// Counts this try as failed before anything is compared; the right password takes it back.
  private func countTry(
    _ index: [UInt8],
    _ place: SignInPlace,
    _ person: StaffPerson,
    _ now: Instant
  ) async throws {
    let isOpen = try await store.change { changes in
      try changes.hold([.passwordTries])
      let counts = try changes.signInCounts(
        account: index,
        place: place,
        network: try changes.session(person.session)?.session.network ?? [],
        since: now - SignInThrottle.memory
      )
      guard SignInThrottle.opens(counts, isKnownDevice: true, now: now) <= now else { return false }
      try changes.countSignInFailure(account: index, place: place, house: nil, at: now)
      return true
    }
    guard isOpen else {
      try await refuse(.passwordChanged, by: person.actor, for: .signIn, Refusal(.tooMany))
    }
  }
}
