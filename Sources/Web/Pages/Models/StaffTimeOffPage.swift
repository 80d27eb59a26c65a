/// Blocking time at once, and what is blocked.
package struct StaffTimeOffPage: PageModel {
  package static let template = "staff/time-off"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  let notice: String?
  /// One tap: today, the whole day.
  let presets: [Preset]
  /// Whom a longer block may be made for; one for a technician.
  let people: [Option]
  /// YYYY-MM-DDTHH:MM.
  let from: Field
  let to: Field
  let zone: String
  let blocks: [Block]

  struct Preset: Sendable, Codable {
    /// Value of `staff`.
    let staff: String
    /// "Tadas is away today".
    let label: String
    /// "3 bookings today".
    let hint: String
    let from: String
    let to: String
  }

  struct Block: Sendable, Codable {
    let person: String
    /// "Tuesday 24 November, whole day".
    let text: String
    /// The bookings it hits.
    let url: String
    let liftURL: String
  }
}
