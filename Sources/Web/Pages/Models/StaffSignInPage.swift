/// E-mail address, password and the code of the app, on one page.
package struct StaffSignInPage: PageModel {
  package static let template = "staff/sign-in"

  let layout: Layout
  let action: String
  /// One sentence for every wrong combination; points at nothing.
  let refusal: String?
  /// After signing out or accepting an invite.
  let notice: String?
  let email: String
}
