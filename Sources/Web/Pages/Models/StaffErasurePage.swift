/// Erasing customers whose visits are long over: looking first, then asking.
package struct StaffErasurePage: PageModel {
  package static let template = "staff/erasure"

  let layout: Layout
  let customersURL: String
  /// This page.
  let action: String
  let notice: String?
  let problem: String?
  let errors: ErrorSummary?
  /// "530 bookings": whose details are still there.
  let count: String
  let keptFrom: Field
  let today: String
  let preview: Preview?
  let waiting: [WaitingAsk]

  struct Preview: Sendable, Codable {
    /// "The details of 412 of 530 bookings would be erased".
    let heading: String
    let kept: String
    let remains: String
    /// Of a picture.
    let erasedCount: String
    let allCount: String
    let day: String
    /// Whether anybody would be erased.
    let isAny: Bool
  }
}
