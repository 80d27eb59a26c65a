/// What waits for a second person's yes.
package struct StaffApprovalsPage: PageModel {
  package static let template = "staff/approvals"

  let layout: Layout
  let notice: String?
  let problem: String?
  let waiting: [Waiting]
  /// What was agreed to and can still be stopped.
  let files: [File]

  struct File: Sendable, Codable {
    let id: String
    /// "Ona Petrauskė can take a file of all customers".
    let heading: String
    let what: String
    let stopURL: String
  }

  struct Waiting: Sendable, Codable {
    let id: String
    /// "Milda Rimkutė becomes Owner".
    let heading: String
    /// "Ona Petrauskė asked for it on Monday 23 November, 08:00."
    let asked: String
    /// Everything that would change, a sentence each.
    let effects: [String]
    /// Whether it is about a role.
    let showsRole: Bool
    /// What the role may do, thing by thing.
    let groups: [StaffRolePage.Group]
    /// Until when it waits, or when it is done by itself.
    let until: String
    /// Why the reader cannot say yes or no; nil where they can, or asked for it themselves.
    let hindrance: String?
    /// Nil for whoever asked.
    let yesURL: String?
    let noURL: String?
    /// Nil for everybody but who asked.
    let withdrawURL: String?
  }
}
