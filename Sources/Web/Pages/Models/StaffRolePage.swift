/// One role: what it may do, and for the business's own the questions to change it.
package struct StaffRolePage: PageModel {
  package static let template = "staff/role"

  let layout: Layout
  let heading: String
  let rolesURL: String
  let notice: String?
  /// Somebody was quicker.
  let problem: String?
  let errors: ErrorSummary?
  /// Nil for a role that is only shown.
  let form: RoleForm?
  /// Why it cannot be changed here; nil when it can.
  let fixed: String?
  /// What it may do, thing by thing; empty beside a form.
  let groups: [Group]
  /// "Ona, Jonas"; nil for a new role.
  let people: String?
  /// Nil where it cannot be taken away.
  let removalURL: String?
  let version: String

  struct Group: Sendable, Codable {
    let heading: String
    let lines: [String]
  }

  struct RoleForm: Sendable, Codable {
    let action: String
    /// The role it began as, whose denying rules it keeps; empty when none.
    let like: String
    let name: Field
    let things: [Thing]
    let perMinute: Field
    let perDay: Field
    /// What it may never do.
    let denials: [String]
    let button: String
  }

  struct Thing: Sendable, Codable {
    let heading: String
    let questions: [Question]
  }

  struct Question: Sendable, Codable {
    let field: String
    let label: String
    /// A second person must agree.
    let isStrong: Bool
    let options: [Option]
    let error: String?
    let details: Details?
    let window: Window?
  }

  /// Which fields of a booking.
  struct Details: Sendable, Codable {
    let options: [Option]
    let error: String?
  }

  /// How long before and after a visit.
  struct Window: Sendable, Codable {
    /// "Name, address and answers around the visit only".
    let legend: String
    let beforeField: String
    let afterField: String
    let before: Field
    let after: Field
    /// The first of the two errors.
    let error: String?
  }
}
