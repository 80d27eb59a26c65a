/// One booking seen through its link: what the business offered, nothing of the customer's.
package struct ManageBookingPage: PageModel {
  package static let template = "manage/booking"

  let layout: Layout
  let appointment: Appointment
  /// "Tadas" or "One of our team".
  let person: String
  let place: String
  let reference: String
  /// "Booked", "Cancelled", "Done".
  let status: String
  let isCancelled: Bool
  /// Above everything: why something was not done.
  let notice: String?
  let code: String
  let version: String
  /// Nil when it is too late or over.
  let reschedule: Action?
  let cancellation: Action?
  /// Nil when the address is confirmed.
  let confirmationURL: String?
  /// Why something cannot be done, or until when it can.
  let policy: String
  let bookURL: String
  /// Where customers see all they have booked.
  let ownURL: String?

  struct Action: Sendable, Codable {
    let url: String
  }
}
