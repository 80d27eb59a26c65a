/// How full each day of a week is.
package struct StaffWeekPage: PageModel {
  package static let template = "staff/week"

  let layout: Layout
  /// "Week 48, 23 to 29 November 2026".
  let heading: String
  let isThisWeek: Bool
  let weekURL: String
  /// YYYY-MM-DD.
  let day: String
  let previousURL: String
  let nextURL: String
  let thisWeekURL: String
  let people: [LinkOption]
  let chosenPerson: String?
  let rows: [Row]

  struct Row: Sendable, Codable {
    let person: String
    /// "18 bookings, 21 of 38 hours".
    let load: String
    /// Seven.
    let days: [Day]
  }

  struct Day: Sendable, Codable {
    let url: String
    /// "Mon 23".
    let label: String
    let isToday: Bool
    /// "4 bookings"; "Off" or the holiday's name when nobody works.
    let text: String
    /// "5 of 8 h"; nil when off.
    let hours: String?
    let isOff: Bool
    /// 0 to 100: share of the working time that is booked.
    let percent: String
  }
}
