import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// More would be a list that nobody keeps an eye on.
  package static let mostPasskeys = 20
  /// Characters of a passkey's name.
  package static let longestLabel = 60

  /// For making one more passkey of one's own, bound to this session; after a fresh proof.
  package func newPasskeyOptions(for person: StaffPerson) async throws -> PasskeyOptions {
    try await require(.changeOwnAccess, by: person, on: Target(staff: person.id), .passkeyAdded, for: .signIn)
    let (account, known) = try await store.read { records in
      (try records.staffAccount(person.id), try records.passkeys(of: person.id))
    }
    guard let account, let keys = try await keys.open(account.subject) else {
      try await refuse(.passkeyAdded, by: person.actor, for: .signIn, Refusal(.unknown))
    }
    let email = try keys.open(account.email, at: account.emailCell())
    return try await options(
      ring.challenge(.add, about: person.session, now: clock.now()),
      for: (account.subject, email, person.name),
      known: known.map(\.credential)
    )
  }

  /// Adds a passkey that was just made. Every other session of the person ends (V3), and they are told.
  ///
  /// - Parameter label: what the person calls it; empty: the browser's kind does.
  /// - Throws: `.invalid` with `label`, or with `passkey` for an answer that is wrong, too late, of another
  ///   session, or of a credential that is known; `.tooMany`.
  package func addPasskey(_ json: String, label: String, by person: StaffPerson) async throws {
    let now = clock.now()
    try await require(.changeOwnAccess, by: person, on: Target(staff: person.id), .passkeyAdded, for: .signIn)
    let checked: (passkey: NewPasskey, challenge: Challenge, label: String)
    do throws(Refusal) {
      var check = FieldCheck()
      let label = check.line(label, at: "label", atMost: Desk.longestLabel, required: false)
      try check.finish()
      let (passkey, challenge) = try registered(json, .add, about: person.session, now: now)
      checked = (passkey, challenge, label ?? "")
    } catch {
      try await refuse(.passkeyAdded, by: person.actor, for: .signIn, error)
    }
    let row = try passkeyRow(checked.passkey, label: checked.label, of: person.id, at: now)
    try await act(.passkeyAdded, by: person.actor, for: .signIn) { [self] changes, detail in
      try changes.hold([.access(person.id)])
      guard try changes.passkeys(of: person.id).count < Desk.mostPasskeys else { throw Refusal(.tooMany) }
      try take(row, checked.challenge, changes, now)
      try changes.endSessions(of: person.id, except: person.session, at: now)
      try tell(person.id, .passkeyAdded, about: person.session, changes, now)
      detail.touch(staff: person.id)
      detail.records.append("passkey/\(row.id)")
    }
    sessions.forgetAll()
  }

  /// Removes one of one's own passkeys. Every other session of the person ends (V3), and they are told.
  ///
  /// - Throws: `.unknown` for none of theirs; `.lastFactor` when no way to sign in would be left.
  package func removePasskey(_ id: Identifier, by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.passkeyRemoved, by: person.actor, for: .signIn) { [self] changes, detail in
      try changes.hold([.access(person.id)])
      try permit(.changeOwnAccess, person, on: Target(staff: person.id))
      let account = try changes.staffAccount(person.id)
      let hasPassword = account?.password != nil && account?.totpSecret != nil
      guard try changes.removePasskey(id, of: person.id) else { throw Refusal(.unknown) }
      guard try hasPassword || !changes.passkeys(of: person.id).isEmpty else { throw Refusal(.lastFactor) }
      try changes.endSessions(of: person.id, except: person.session, at: now)
      try tell(person.id, .passkeyRemoved, about: person.session, changes, now)
      detail.touch(staff: person.id)
      detail.records.append("passkey/\(id)")
    }
    sessions.forgetAll()
  }

  /// The passkey of a registration that answers a challenge of ours.
  func registered(
    _ json: String,
    _ purpose: ChallengePurpose,
    about row: Identifier?,
    now: Instant
  ) throws(Refusal) -> (NewPasskey, Challenge) {
    let site = try relyingParty()
    guard let response = try? PasskeyResponse(json: json),
      let challenge = ring.challenge(response.challenge, for: purpose, about: row, now: now),
      let passkey = try? response.registered(challenge: challenge.bytes, at: site)
    else { throw Refusal.invalid("passkey", .mismatch) }
    return (passkey, challenge)
  }

  /// Stores a passkey in an act's transaction and spends the challenge it answered.
  func take(_ row: PasskeyRow, _ challenge: Challenge, _ changes: any Changes, _ now: Instant) throws {
    guard
      try changes.spendChallenge(ring.spentForm(of: challenge), until: challenge.expiresAt, now: now),
      try changes.add(row)
    else { throw Refusal.invalid("passkey", .mismatch) }
  }
}
