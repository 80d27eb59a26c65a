/// Another time or another person for a booking.
package struct StaffMovePage: PageModel {
  package static let template = "staff/move"

  let layout: Layout
  let appointment: Appointment
  let firstName: String
  /// "Tadas": who has it now.
  let person: String
  let bookingURL: String
  let action: String
  let version: String
  let errors: ErrorSummary?
  /// Why somebody else has to serve; nil where whoever has it still may.
  let note: String?
  /// Who shall serve: links that keep the day.
  let choosers: [Chooser]
  /// Value of `staff`; empty for anyone.
  let staff: String
  let month: MonthGrid
  let zone: String
  let chosenDay: String
  let groups: [TimeGroup]
  let hasTimes: Bool
  let noTimes: String?
}
