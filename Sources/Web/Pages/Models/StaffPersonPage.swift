/// One person's access: how they sign in, where they are signed in, and how all of it ends.
package struct StaffPersonPage: PageModel {
  package static let template = "staff/person"

  let layout: Layout
  let name: String
  /// "Technician".
  let role: String
  let access: String
  /// `can`, `invited`, `none` or `left`.
  let accessKind: String
  let peopleURL: String
  /// What has just been done.
  let notice: String?
  let errors: ErrorSummary?
  /// Just made; shown once.
  let invite: Invite?
  /// Waits to be taken up.
  let recovery: Recovery?
  /// A recovery was asked for, and no mail can leave.
  let noMail: NoMail?
  let findings: [Finding]
  /// Why the address is one that belongs to a role.
  let mailboxReason: String?
  /// Nil for somebody who has left.
  let ways: Ways?
  let left: Left?
  /// Nil when the reader may not invite.
  let inviteURL: String?
  /// "Invite for Tadas", "When Tadas cannot sign in".
  let inviteHeading: String
  /// "Invite", "Start over".
  let inviteLabel: String
  /// What an invite does, in a sentence.
  let inviteText: String
  /// Nil when the reader may not end others' access, and for those who have left.
  let leaving: Leaving?
  /// Nil when the reader may not give roles, and for those who have left.
  let rights: Rights?

  struct Rights: Sendable, Codable {
    let url: String
    let rolesURL: String
    let version: String
    /// Somebody was quicker.
    let problem: String?
    let panel: RolePanel
  }

  struct Invite: Sendable, Codable {
    let person: String
    /// With the code in the fragment.
    let url: String
    /// "24 hours".
    let lifetime: String
    /// It has been mailed to the person as well.
    let isMailed: Bool
  }

  struct Recovery: Sendable, Codable {
    /// "Ona asked for it on Monday 23 November, 09:30."
    let asked: String
    /// When it opens, or that it is open, and until when.
    let state: String
    /// Why the reader cannot open it now; nil when they can, and when it is open.
    let whyNot: String?
    /// Nil when the reader may not, and when it is open.
    let openURL: String?
    /// Nil when the reader may not.
    let endURL: String?
  }

  struct NoMail: Sendable, Codable {
    let mailURL: String
    /// For whoever runs the server: `cloakroom invite tadas`.
    let command: String
  }

  struct Finding: Sendable, Codable {
    let id: String
    /// "Since Monday 23 November, 09:30: used in two places at the same time."
    let text: String
    /// Nil for who may not give roles.
    let splitURL: String?
    /// What the second person gets.
    let becomes: String
    let explainedURL: String
    let name: Field
    let email: Field
    /// Asked for once the address is one that belongs to a role.
    let mailboxReason: Field?
  }

  struct Ways: Sendable, Codable {
    let passkeys: [Passkey]
    /// "Password and app", "None".
    let password: String
    /// "8 recovery codes are left".
    let recovery: String
    let sessions: [Session]
    /// Nil when there is none.
    let endAllURL: String?
    let devices: [Device]
  }

  struct Passkey: Sendable, Codable {
    /// "My phone: added 22 November, used today".
    let facts: String
    /// Without it the person signs in no more.
    let isLast: Bool
    /// Nil when the reader may not, and for their own.
    let removeURL: String?
  }

  struct Session: Sendable, Codable {
    let browser: String
    let isCurrent: Bool
    let unusual: String?
    let began: String
    let seen: String
    /// Nil when the reader may not end it.
    let endURL: String?
  }

  struct Device: Sendable, Codable {
    let browser: String
    let facts: String
    /// Nil when the reader may not.
    let forgetURL: String?
  }

  struct Left: Sendable, Codable {
    /// "Monday 23 November, 09:30".
    let at: String
    let coming: [Coming]
  }

  /// A booking that is still with somebody who has left.
  struct Coming: Sendable, Codable {
    /// "Tue 24 November, 10:00 – 11:00".
    let time: String
    let what: String
    let moveURL: String
  }

  struct Leaving: Sendable, Codable {
    let url: String
    /// The last owner cannot leave.
    let isLastOwner: Bool
  }
}
