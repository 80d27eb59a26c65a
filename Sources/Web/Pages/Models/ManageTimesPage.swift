/// Times to move a booking to.
///
/// Every step is a form, since the code may not stand in an address.
package struct ManageTimesPage: PageModel {
  package static let template = "manage/times"

  let layout: Layout
  let appointment: Appointment
  let code: String
  let version: String
  let errors: ErrorSummary?
  /// POST /manage/{b}, back to the booking.
  let bookingURL: String
  /// POST /manage/{b}/times, for another day.
  let timesURL: String
  /// POST /manage/{b}/reschedule.
  let rescheduleURL: String
  /// `carried` holds `code` and `day`.
  let zone: ZonePicker
  let month: MonthGrid
  let chosenDay: String
  /// YYYY-MM-DD.
  let day: String
  let groups: [TimeGroup]
  let hasTimes: Bool
  let noTimes: String?
}
