/// Changing one's own password.
package struct StaffPasswordPage: PageModel {
  package static let template = "staff/password"

  let layout: Layout
  /// That it was changed; nil before.
  let notice: String?
  /// Why another one must be chosen now; nil when it need not.
  let due: String?
  let errors: ErrorSummary?
  /// Nil for somebody who has no password.
  let form: PasswordForm?

  struct PasswordForm: Sendable, Codable {
    let action: String
    /// For the password manager, beside the fields.
    let email: String
    /// One to take over; another one with each page.
    let suggestion: String
    let currentError: String?
    let passwordError: String?
  }
}
