/// The free times of one part of a day.
package struct TimeGroup: Sendable, Codable {
  /// "Morning", "Afternoon", "Evening", "Night"; in lists over several days with the day.
  let heading: String
  let times: [Time]

  struct Time: Sendable, Codable {
    /// "09:30".
    let label: String
    /// Only when the hour is repeated: "summer time, UTC+3".
    let offset: String?
    /// For classes: "2 places left".
    let places: String?
    /// RFC 3339 with offset: the value of `start`.
    let start: String
    /// Where the page is asked by GET; empty otherwise.
    let url: String
    let isChosen: Bool
  }
}
