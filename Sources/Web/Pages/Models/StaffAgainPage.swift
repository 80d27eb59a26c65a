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
  /// Whether the browser sends it by itself: nothing has to be typed, and it was asked for a moment ago.
  let goesOn: Bool
  let leaveURL: String

  struct Secret: Sendable, Codable {
    let name: String
    let label: String
  }
}
