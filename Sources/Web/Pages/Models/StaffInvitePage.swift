/// Accepting an invite: first the code (from the fragment or typed), then password and app.
package struct StaffInvitePage: PageModel {
  package static let template = "staff/invite"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  /// Beside the invite code, in the first step.
  let inviteError: String?
  /// The second step; nil in the first.
  let setUp: SetUp?

  struct SetUp: Sendable, Codable {
    let invite: String
    let who: String
    let email: String
    /// The TOTP secret in groups of four, Base32.
    let secretGroups: [String]
    /// The same as a link: `otpauth://totp/…`.
    let otpauthURL: String
    let passwordError: String?
    let codeError: String?
  }
}
