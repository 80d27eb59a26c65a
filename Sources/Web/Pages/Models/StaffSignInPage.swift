/// Signing in: a passkey first, or e-mail address, password and code.
package struct StaffSignInPage: PageModel {
  package static let template = "staff/sign-in"

  let layout: Layout
  let action: String
  /// Where the passkey's options come from.
  let optionsURL: String
  /// One sentence for every wrong combination; points at nothing.
  let refusal: String?
  /// What helps somebody who has to wait.
  let advice: String?
  /// After signing out or accepting an invite.
  let notice: String?
  let email: String
  /// The page to go on with; nil for the day.
  let next: String?
  /// Whether the field for a recovery code stands open.
  let usesRecovery: Bool
}
