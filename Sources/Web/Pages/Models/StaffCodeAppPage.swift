/// Setting up the app that makes codes, or moving it to a new phone.
package struct StaffCodeAppPage: PageModel {
  package static let template = "staff/code-app"

  let layout: Layout
  let action: String
  /// Whether an app made codes until now.
  let replacesAnother: Bool
  let email: String
  let secretGroups: [String]
  let otpauthURL: String
  let qr: Picture?
  let errors: ErrorSummary?
  let codeError: String?
  let backURL: String

  struct Picture: Sendable, Codable {
    let side: String
    let path: String
  }
}
