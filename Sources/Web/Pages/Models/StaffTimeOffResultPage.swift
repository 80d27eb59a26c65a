/// Time is blocked: the bookings it hits, with one act each.
package struct StaffTimeOffResultPage: PageModel {
  package static let template = "staff/time-off-result"

  let layout: Layout
  /// "Tadas is away on Tuesday 24 November".
  let heading: String
  /// After an act: "Rasa: now on Tue 24 November, 09:30, with Milda".
  let notice: String?
  /// "08:00 – 17:00", in words.
  let text: String
  let timeOffURL: String
  let dayURL: String
  let liftURL: String
  /// "3 bookings need you".
  let count: String
  let hasHits: Bool
  let hits: [Hit]

  struct Hit: Sendable, Codable {
    let url: String
    /// "Tue 24 November, 09:30 – 10:30".
    let time: String
    let service: String
    let firstName: String
    let version: String
    let moveURL: String
    let cancellationURL: String
    /// "Milda is free at the same time": one tap gives it to her.
    let instead: Instead?
  }

  struct Instead: Sendable, Codable {
    let label: String
    /// POST to the booking's reschedule with the same start.
    let url: String
    let start: String
    let staff: String
  }
}
