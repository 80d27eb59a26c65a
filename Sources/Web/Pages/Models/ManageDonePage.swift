/// After moving, cancelling or confirming.
package struct ManageDonePage: PageModel {
  package static let template = "manage/done"

  let layout: Layout
  /// "Your booking was moved".
  let heading: String
  let paragraphs: [String]
  /// Shown as a ticket when the booking stands.
  let ticket: Ticket?
  /// To look at the booking again: posts the code; nil after cancelling.
  let again: Again?
  let bookURL: String

  struct Ticket: Sendable, Codable {
    let appointment: Appointment
    let reference: String
  }

  struct Again: Sendable, Codable {
    let url: String
    let code: String
  }
}
