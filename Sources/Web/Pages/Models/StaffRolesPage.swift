/// Every role there is, with who has it.
package struct StaffRolesPage: PageModel {
  package static let template = "staff/roles"

  let layout: Layout
  let notice: String?
  let own: [Role]
  let builtIn: [Role]
  let newURL: String
  /// What a new role can begin as.
  let copies: [Option]
  let approvals: Waiting?

  struct Role: Sendable, Codable {
    let name: String
    let url: String
    /// "Ona, Jonas"; "Nobody".
    let people: String
  }

  /// What waits for a second person.
  struct Waiting: Sendable, Codable {
    /// "1 change waits for a second person".
    let text: String
    let url: String
  }
}
