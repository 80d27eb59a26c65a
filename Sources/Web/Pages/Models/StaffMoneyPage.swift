/// What a month brought: sums, and no name.
package struct StaffMoneyPage: PageModel {
  package static let template = "staff/money"

  let layout: Layout
  /// "November 2026".
  let heading: String
  let previousURL: String
  let nextURL: String
  let thisMonthURL: String
  let isThisMonth: Bool
  /// "1,240.00 EUR".
  let done: String
  /// "27 visits".
  let doneCount: String
  let coming: String
  let comingCount: String
  let noShows: String
  /// A picture of the days; nil when nothing was done.
  let bars: Bars?
  let services: [Row]

  struct Bars: Sendable, Codable {
    /// Values of SVG attributes.
    let width: String
    let bars: [Bar]
    /// "Most on Tuesday 24 November: 240.00 EUR".
    let most: String
    let first: String
    let last: String
  }

  struct Bar: Sendable, Codable {
    let x: String
    let y: String
    let height: String
  }

  struct Row: Sendable, Codable {
    let name: String
    /// "45.00 EUR", "no price".
    let price: String
    let doneCount: String
    let done: String
    let comingCount: String
    let coming: String
  }
}
