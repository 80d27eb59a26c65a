import Audit
import Booking
import People
import Primitives
import Storage
import Vault

/// What an authenticator app is told, so that it makes codes from then on.
package struct NewCodeApp: Sendable {
  /// For typing: 32 letters and digits.
  package let secret: String
  /// For scanning: `otpauth://…`.
  package let uri: String
  /// What the app calls the account.
  package let email: String
  /// An app that made codes until now.
  package let replacesAnother: Bool
}

extension Desk {
  /// Proposes a secret for one's own code app; after a fresh proof. Nothing changes until ``setCodeApp(code:by:)``.
  package func newCodeApp(for person: StaffPerson) async throws -> NewCodeApp {
    try await require(.changeOwnAccess, by: person, on: Target(staff: person.id), .codeAppSet, for: .signIn)
    let account = try await store.read { try $0.staffAccount(person.id) }
    guard let account, let totp = proposed(account, person), let keys = try await keys.open(account.subject)
    else {
      try await refuse(.codeAppSet, by: person.actor, for: .signIn, Refusal(.unknown))
    }
    let email = try keys.open(account.email, at: account.emailCell())
    return NewCodeApp(
      secret: totp.base32,
      uri: totp.uri(issuer: try await timetable().business.name, account: email),
      email: email,
      replacesAnother: account.totpSecret != nil
    )
  }

  /// Takes the proposed app into use once it has shown a code; the one before makes no codes any more. Every other session
  /// of the person ends (V3), and they are told.
  ///
  /// - Throws: `.invalid` with `code` for a wrong one.
  package func setCodeApp(code: String, by person: StaffPerson) async throws {
    let now = clock.now()
    try await act(.codeAppSet, by: person.actor, for: .signIn) { [self] changes, detail in
      try permit(.changeOwnAccess, person, on: Target(staff: person.id))
      try changes.hold([.access(person.id)])
      guard let account = try changes.staffAccount(person.id), account.active,
        let totp = proposed(account, person)
      else { throw Refusal(.unknown) }
      guard let step = totp.matchedStep(of: code, at: now, lastUsed: nil) else {
        throw Refusal.invalid("code", .wrongCode)
      }
      let sealed = try ring.businessCells(.credentials).seal(totp.base32, at: account.cell("totp_secret"))
      try changes.setCodeApp(of: person.id, secret: sealed, step: step)
      try changes.endSessions(of: person.id, except: person.session, at: now)
      try tell(person.id, .codeAppChanged, about: person.session, changes, now)
      detail.touch(staff: person.id)
      detail.fields = ["totp_secret"]
    }
    sessions.forgetAll()
  }

  private func proposed(_ account: StaffAccount, _ person: StaffPerson) -> TOTP? {
    let secret = ring.codeAppSecret(session: person.session, replacing: account.totpSecret?.bytes ?? [])
    return TOTP(base32: Base32.standard.encode(secret))
  }
}
