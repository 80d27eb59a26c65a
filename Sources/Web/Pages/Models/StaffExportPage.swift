/// All customers in one file: asking, taking, and which files there were.
package struct StaffExportPage: PageModel {
  package static let template = "staff/export"

  let layout: Layout
  let customersURL: String
  let notice: String?
  let problem: String?
  let errors: ErrorSummary?
  /// "412 bookings".
  let count: String
  /// Nil where nobody is there to be in a file.
  let ask: Ask?
  let waiting: [WaitingAsk]
  let ready: [Ready]
  let given: [Given]
  let hasGiven: Bool

  struct Ask: Sendable, Codable {
    let action: String
    let purposes: [Option]
    let purposeError: String?
    let hasDetails: Bool
  }

  struct Ready: Sendable, Codable {
    let what: String
    let until: String
    let takeURL: String
    let stopURL: String
  }

  struct Given: Sendable, Codable {
    let at: String
    let what: String
    /// "For Ona Petrauskė, agreed to by Rita Jonaitė".
    let who: String
    /// The e-mail address that stands in this file alone.
    let mark: String?
  }
}
