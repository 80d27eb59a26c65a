/// The form for the customer's details; also after a mistake, and after somebody else took the time.
package struct BookDetailsPage: PageModel {
  package static let template = "book/details"

  let layout: Layout
  /// Back to the times.
  let timesURL: String
  let servicesURL: String
  let action: String
  /// `service`, `minutes`, `staff`, `location`, `zone`, `key`, `near`.
  let carried: [Hidden]
  /// The time; nil when it was taken, then `taken` is there.
  let start: String?
  let taken: Taken?
  let appointment: Appointment
  /// "with Tadas"; nil for anyone.
  let person: String?
  /// "at your home".
  let place: String
  let price: String?
  let errors: ErrorSummary?
  let name: Field
  let email: Field
  let phone: Field
  let phoneIsRequired: Bool
  /// Services at the customer's only.
  let address: Field?
  let questions: [Question]
  /// Until when it can be moved or cancelled here, or that it cannot; nil when another time has to be chosen.
  let policy: String?
  let privacy: PrivacyNote

  /// Somebody else was quicker, or it is too late by now: near times to choose from.
  struct Taken: Sendable, Codable {
    let heading: String
    let text: String
    /// "Vilnius time (UTC+2)": of the near times.
    let zone: String
    let groups: [TimeGroup]
    let hasTimes: Bool
    /// Beside the radios when none was chosen.
    let startError: String?
  }

  /// Exactly one of the four kinds is true.
  struct Question: Sendable, Codable {
    /// `answer-` and the question's slug: name and id.
    let field: String
    let label: String
    let reason: String
    let isLine: Bool
    let isText: Bool
    let isChoice: Bool
    let isYesNo: Bool
    let isRequired: Bool
    /// For lines and texts.
    let value: String
    /// For choices, and for yes and no: two options.
    let options: [Option]
    let error: String?
  }
}
