/// A day's list of one person, or of everybody side by side.
package struct StaffDayPage: PageModel {
  package static let template = "staff/day"

  let layout: Layout
  /// "Tuesday 24 November 2026".
  let heading: String
  /// YYYY-MM-DD, for the date field.
  let day: String
  /// "Vilnius time".
  let zone: String
  let isToday: Bool
  let dayURL: String
  let previousURL: String
  let nextURL: String
  let todayURL: String
  /// "Everybody", then each person; empty for a technician.
  let people: [LinkOption]
  /// Value of `staff` to carry when the day changes; nil for everybody.
  let chosenPerson: String?
  /// Name of the holiday.
  let holiday: String?
  /// After an act: "Marked as done".
  let notice: String?
  /// What is wrong with the sending of messages; empty for those who see their own work only.
  let mail: [MailNote]
  let columns: [Column]
  /// What an owner does next in a business that has no services yet; nil otherwise.
  let firstSteps: FirstSteps?

  struct FirstSteps: Sendable, Codable {
    let business: String
    /// Where customers are going to book.
    let bookURL: String
    let accountURL: String
    let peopleURL: String
    let mailURL: String
  }

  struct MailNote: Sendable, Codable {
    /// "Messages are waiting: 3."
    let heading: String
    let text: String
    /// Words of the link.
    let link: String
    /// Nil for those who may not set the mail server.
    let url: String?
  }

  struct Column: Sendable, Codable {
    let person: String
    /// "08:00 – 17:00, break 12:00 – 12:30", or "Does not work today".
    let hours: String
    /// "5 bookings, 6 of 8 hours".
    let load: String
    /// A picture of the day; nil when the person does not work.
    let bar: Bar?
    let entries: [Entry]
  }

  /// Minutes since the midnight that begins the day, as text: values of SVG attributes.
  struct Bar: Sendable, Codable {
    let start: String
    let length: String
    /// "08:00".
    let startLabel: String
    let endLabel: String
    let spans: [Span]
  }

  struct Span: Sendable, Codable {
    let x: String
    let width: String
    /// `working`, `booked` or `off`; working spans first, since later ones are drawn over them.
    let kind: String
  }

  /// In the order of time.
  ///
  /// Exactly one of the two is there.
  struct Entry: Sendable, Codable {
    let visit: Visit?
    let gap: Gap?
  }

  /// A stretch without a booking.
  struct Gap: Sendable, Codable {
    /// "10:30 – 12:00".
    let hours: String
    /// "Free, 1 h 30 min", "Break", "Time off".
    let text: String
    let isFree: Bool
    /// To a new booking; for free stretches, when the reader may book.
    let newURL: String?
  }

  struct Visit: Sendable, Codable {
    /// Id of the booking; the entry's anchor is `booking-` and this.
    let id: String
    let url: String
    let from: String
    let until: String
    let service: String
    /// `#rrggbb`; nil for the accent.
    let colour: String?
    let firstName: String
    let place: String
    /// "seat 2 of 3".
    let seat: String?
    /// What the visitor must know: what was asked and answered.
    let notes: [Note]
    /// "Who it is opens on Tuesday 24 November, 22:00."; nil where it is open.
    let closed: String?
    /// Nil when there is none, or when the reader may not show it now.
    let contact: Contact?
    /// "Booked", "Arrived", "Done", "No-show".
    let status: String
    /// `booked`, `arrived`, `done` or `no-show`.
    let statusKind: String
    /// The next steps that make sense now.
    let marks: [Mark]
    /// Nil when there is none.
    let markURL: String?
    let version: String
  }

  struct Note: Sendable, Codable {
    /// With its colon or question mark.
    let label: String
    let text: String
  }

  struct Contact: Sendable, Codable {
    /// "•••• 312".
    let masked: String
    let showURL: String
  }

  struct Mark: Sendable, Codable {
    /// `arrived`, `done`, `no-show`, `booked`.
    let value: String
    let label: String
  }
}
