/// After the proof: the form that was being sent, and one button that sends it.
package struct StaffAgainPage: PageModel {
  package static let template = "staff/again"

  let layout: Layout
  let action: String
  let carried: [Hidden]
  /// Whether anything was typed, or only a button pressed.
  let hasFields: Bool
  /// What is not carried along and is typed again.
  let secrets: [Secret]
  let leaveURL: String

  struct Secret: Sendable, Codable {
    let name: String
    let label: String
  }
}
