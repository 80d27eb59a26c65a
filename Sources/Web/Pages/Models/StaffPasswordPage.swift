/// Changing one's own password, or setting the first.
package struct StaffPasswordPage: PageModel {
  package static let template = "staff/password"

  let layout: Layout
  /// That it was changed; nil before.
  let notice: String?
  /// Why another one must be chosen now; nil when it need not.
  let due: String?
  let errors: ErrorSummary?
  /// "Change your password", "Set a password".
  let heading: String
  let action: String
  /// False for somebody who signs in with passkeys only.
  let isSet: Bool
  /// Where a code app is set up, for somebody who has none: the password alone opens nothing.
  let codeAppURL: String?
  /// For the password manager, beside the fields.
  let email: String
  /// One to take over; another one with each page.
  let suggestion: String
  let currentError: String?
  let passwordError: String?
}
