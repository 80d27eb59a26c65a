/// Setting up an empty server: first the code (from the fragment or typed), then the business and its owner.
package struct SetUpPage: PageModel {
  package static let template = "set-up"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  /// Beside the code, in the first step.
  let codeError: String?
  /// The second step; nil in the first.
  let details: Details?

  struct Details: Sendable, Codable {
    let code: String
    let name: Field
    let slug: Field
    /// `https://book.example.com`: what the short name is going to follow.
    let host: String
    /// As chosen; nil before.
    let zone: Zone?
    let zoneError: String?
    let owner: Field
    let email: Field
    /// Asked for once the address is one that belongs to a role.
    let mailboxReason: Field?
  }

  struct Zone: Sendable, Codable {
    let name: String
    let label: String
  }
}
