/// The ticket: what was booked, and how to change it.
package struct BookTicketPage: PageModel {
  package static let template = "book/ticket"

  let layout: Layout
  let appointment: Appointment
  /// "Tadas" or "one of our team".
  let person: String
  let place: String
  let price: String?
  /// Short name of the booking, for the phone: "K7-3F2M".
  let reference: String
  /// Masked: "r•••@example.test"; nil when no address was given.
  let sentTo: String?
  /// True when no mail server is set: the message waits.
  let isMailWaiting: Bool
  /// With the code in the fragment.
  let manageURL: String
  /// "You can cancel until Monday 23 November, 09:30".
  let policy: String
  /// Whether the link can still do anything but show.
  let isChangeable: Bool
  let bookURL: String
  let privacy: PrivacyNote
}
