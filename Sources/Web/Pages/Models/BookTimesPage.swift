/// One service: who, where, which day, what time.
package struct BookTimesPage: PageModel {
  package static let template = "book/times"

  let layout: Layout
  let servicesURL: String
  let service: Service
  /// Who, how long, where; those with one option only are left out.
  let choosers: [Chooser]
  let zone: ZonePicker
  let month: MonthGrid
  /// "Tuesday 24 November".
  let chosenDay: String
  let groups: [TimeGroup]
  let hasTimes: Bool
  /// Why there is none and what to do: "Nothing is free on this day".
  let noTimes: String?
  let nextFree: NextFree?
  /// To where the chosen person works: "Tadas at the workshop"; nil where they work at the chosen place.
  let elsewhere: LinkOption?

  struct Service: Sendable, Codable {
    let name: String
    let description: String?
    let length: String
    let price: String?
    let place: String
  }

  struct NextFree: Sendable, Codable {
    /// "Thursday 26 November".
    let label: String
    let url: String
  }
}
