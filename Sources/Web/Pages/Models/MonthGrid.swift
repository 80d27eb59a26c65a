/// A month with its free days marked.
package struct MonthGrid: Sendable, Codable {
  /// "November 2026".
  let title: String
  let previous: Step?
  let next: Step?
  /// Seven, first day of the week first.
  let weekdays: [Weekday]
  let weeks: [Week]

  /// The neighbouring month: a link where the page is asked by GET, else a button valued with its first day.
  struct Step: Sendable, Codable {
    /// "December 2026".
    let name: String
    let url: String
    /// YYYY-MM-DD.
    let firstDay: String
  }

  struct Weekday: Sendable, Codable {
    /// "Mo".
    let short: String
    /// "Monday".
    let long: String
  }

  struct Week: Sendable, Codable {
    let days: [Day]
  }

  struct Day: Sendable, Codable {
    /// "24"; empty for cells outside the month.
    let number: String
    /// For ears: "Tuesday 24 November, 5 free times" or "…, no free times", "…, closed".
    let spoken: String
    let isFree: Bool
    let isChosen: Bool
    let isToday: Bool
    /// YYYY-MM-DD.
    let day: String
    /// Ends in `#times` so that the page opens at the times; used by GET pages only.
    let url: String
  }
}
