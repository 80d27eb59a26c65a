/// Who works here, and whether they can sign in.
package struct StaffPeoplePage: PageModel {
  package static let template = "staff/people"

  let layout: Layout
  /// The way to the access review.
  let review: Review?
  let people: [Person]
  /// Nil when the reader may not add anybody.
  let newURL: String?
  /// Nil when nothing waits for a second person.
  let approvals: StaffRolesPage.Waiting?

  struct Review: Sendable, Codable {
    let url: String
    /// "Access review: 2 roles are to be confirmed".
    let text: String
    let isDue: Bool
  }

  struct Person: Sendable, Codable {
    let name: String
    /// "Technician".
    let role: String
    /// Who looks at the page.
    let isReader: Bool
    /// "Can sign in", "Invited, not accepted yet", "No access yet", "Has left".
    let access: String
    /// `can`, `invited`, `none` or `left`.
    let accessKind: String
    /// "No passkey yet".
    let hints: [String]
    /// The page of this person's access.
    let url: String
    /// Nil when nothing speaks for a shared login.
    let finding: String?
  }
}
