/// One booking as the staff see it.
package struct StaffBookingPage: PageModel {
  package static let template = "staff/booking"

  let layout: Layout
  let dayURL: String
  /// "Day list, 24 November".
  let dayLabel: String
  let appointment: Appointment
  let reference: String
  /// "Tadas".
  let person: String
  let firstName: String
  let place: String
  let seat: String?
  /// Nil where there is none, and for whoever may not see money.
  let price: String?
  let status: String
  let statusKind: String
  let notice: String?
  /// A conflict or a stale version.
  let problem: String?
  /// "The confirmation could not be delivered."
  let undelivered: String?
  let contact: Contact?
  /// "Who it is opens on Tuesday 24 November, 22:00."
  let noContact: String?
  /// Whether address and answers are shown to the reader.
  let showsDetails: Bool
  let answers: [Answer]
  let marks: [StaffDayPage.Mark]
  /// Nil when there is none.
  let markURL: String?
  /// "It can be marked as arrived from Tuesday 24 November, 08:00"; nil once it can.
  let marksFrom: String?
  let version: String
  let moveURL: String?
  let cancellationURL: String?
  /// Nil for who may not see who can see it.
  let accessURL: String?
  /// Nil for who may not see what happened.
  let history: BookingHistoryPart?

  /// Masked until shown.
  struct Contact: Sendable, Codable {
    let masked: String
    let showURL: String
    let shown: Shown?
  }

  struct Shown: Sendable, Codable {
    let name: String
    let phone: Layout.Phone?
    let email: String?
  }

  struct Answer: Sendable, Codable {
    let label: String
    let text: String
  }
}
