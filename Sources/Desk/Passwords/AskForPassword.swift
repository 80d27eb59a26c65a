import Audit
import Booking
package import People
package import Primitives
import Storage
import Vault

/// What somebody's own page about their password shows.
package struct OwnPassword: Sendable {
  package let email: String
  /// False for somebody who signs in with passkeys only.
  package let isSet: Bool
  package let hasCodeApp: Bool
  package let due: PasswordDue?
  /// In days; nil without a calendar.
  package let changedEvery: Int?
}

extension Desk {
  /// Asks somebody for another password before anything else: a phone was lost, or somebody who knew it has left.
  ///
  /// Effective at once, in sessions that are open too. Nothing is asked of somebody without a password.
  ///
  /// - Throws: `.notAllowed` for everybody but an owner, `.unknown` for somebody who does not work here.
  package func askForPassword(of staff: Slug, by person: StaffPerson) async throws {
    try await require(.invitePeople, by: person, .passwordAsked, for: .administration)
    try await act(.passwordAsked, by: person.actor, for: .administration) { changes, detail in
      guard let account = try changes.staffAccount(staff), account.active else { throw Refusal(.unknown) }
      try changes.askForPassword(of: staff, because: .asked)
      detail.touch(staff: staff)
    }
    sessions.forgetAll()
  }

  /// Shows a person how it stands with their own password; their address goes into the form for the password manager.
  ///
  /// - Throws: `.stepUpRequired`, so that nobody types a password in vain.
  package func ownPassword(of person: StaffPerson) async throws -> OwnPassword {
    try await requireFresh(person, .accessOpened, for: .signIn)
    let every = try await timetable().business.changePasswordsEvery
    let account = try await readAndRecord(.accessOpened, by: person.actor, for: .signIn) {
      records,
      detail -> StaffAccount? in
      guard let account = try records.staffAccount(person.id) else { return nil }
      detail.touch(staff: person.id)
      detail.fields = ["email"]
      return account
    }
    guard let account, let keys = try await keys.open(account.subject) else {
      try await refuse(.accessOpened, by: person.actor, for: .signIn, Refusal(.unknown))
    }
    return OwnPassword(
      email: try keys.open(account.email, at: account.emailCell()),
      isSet: account.password != nil,
      hasCodeApp: account.totpSecret != nil,
      due: account.passwordDue,
      changedEvery: every
    )
  }
}
