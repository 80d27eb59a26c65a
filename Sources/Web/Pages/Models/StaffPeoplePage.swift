/// Who works here, and their access.
package struct StaffPeoplePage: PageModel {
  package static let template = "staff/people"

  let layout: Layout
  let people: [Person]
  /// Just made; shown once.
  let invite: Invite?
  let problem: String?

  struct Person: Sendable, Codable {
    let name: String
    /// "Technician".
    let role: String
    /// "Can sign in", "Invited, not accepted yet", "No access yet".
    let access: String
    /// `can`, `invited` or `none`.
    let accessKind: String
    /// Nil when the reader may not invite this person.
    let inviteURL: String?
    /// "Invite", "Invite again".
    let inviteLabel: String
  }

  struct Invite: Sendable, Codable {
    let person: String
    /// With the code in the fragment.
    let url: String
    /// "24 hours".
    let lifetime: String
  }
}
