/// Whose role somebody must confirm, and what speaks against it.
package struct StaffReviewPage: PageModel {
  package static let template = "staff/review"

  let layout: Layout
  let peopleURL: String
  /// After an answer.
  let notice: String?
  /// "Since 30 August 2026": from when on the record was read for what was used.
  let usedSince: String
  /// Due or over first.
  let people: [Person]

  struct Person: Sendable, Codable {
    let name: String
    /// "Technician, at The workshop".
    let role: String
    /// "Good until 21 February 2027", "Ended on 21 November 2026: the role allows nothing".
    let stands: String
    /// `good`, `due`, `over` or `stays`.
    let kind: String
    /// "Confirmed on 22 November 2026 by Ona".
    let confirmed: String?
    /// "Last signed in on 22 November 2026".
    let seen: String?
    let isDormant: Bool
    /// Words of what the role allows and was not used.
    let unused: [String]
    /// Nil for oneself.
    let url: String?
    let mayKeep: Bool
    /// The person's page, where a role that is over is given anew; nil where one answer keeps it.
    let anewURL: String?
    let mayRemove: Bool
    let mayWake: Bool
  }
}
