/// The mail server, and whether messages leave.
package struct StaffMailPage: PageModel {
  package static let template = "staff/mail"

  let layout: Layout
  let action: String
  let testURL: String
  let errors: ErrorSummary?
  let notice: String?
  /// What went wrong with the test or the last delivery.
  let problem: String?
  let isSet: Bool
  /// False when the last try failed.
  let isWorking: Bool
  /// Nil when none waits.
  let waiting: String?
  let failed: Failed?
  let host: Field
  let port: Field
  let security: [Option]
  let username: Field
  let hasPassword: Bool
  let passwordError: String?
  let sender: Field

  struct Failed: Sendable, Codable {
    /// "2 messages could not be delivered".
    let heading: String
    let text: String
    /// Nil when sending them again would help nobody.
    let againURL: String?
  }
}
