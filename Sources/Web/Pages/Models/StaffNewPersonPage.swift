/// Somebody new: name, address, role.
package struct StaffNewPersonPage: PageModel {
  package static let template = "staff/new-person"

  let layout: Layout
  let errors: ErrorSummary?
  let action: String
  let peopleURL: String
  let rolesURL: String
  let name: Field
  let email: Field
  /// Asked for once the address is one that belongs to a role.
  let mailboxReason: Field?
  let panel: RolePanel
}
