/// Accepting an invite: first the code (from the fragment or typed), then a passkey, or password and app.
package struct StaffInvitePage: PageModel {
  package static let template = "staff/invite"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  /// Beside the invite code, in the first step.
  let inviteError: String?
  /// "Tuesday 24 November, 09:30": when a link opens that is too early; nil for every other.
  let opens: String?
  /// The second step; nil in the first.
  let setUp: SetUp?

  struct SetUp: Sendable, Codable {
    let invite: String
    let who: String
    let email: String
    /// They could sign in before; all of that ends.
    let replaces: Bool
    /// Where a passkey is sent.
    let passkeyURL: String
    /// Where the passkey's options come from.
    let optionsURL: String
    /// Why a passkey was not taken.
    let passkeyProblem: String?
    /// What the passkey is called.
    let label: Field
    /// The TOTP secret in groups of four, Base32.
    let secretGroups: [String]
    /// The same as a link: `otpauth://totp/…`.
    let otpauthURL: String
    /// The link as a picture; nil when it is too long for one.
    let qr: Picture?
    /// A password to take over.
    let suggestion: String
    let passwordError: String?
    let codeError: String?
  }

  struct Picture: Sendable, Codable {
    /// Both sides, in modules.
    let side: String
    /// `d` of the path of dark modules.
    let path: String
  }
}
