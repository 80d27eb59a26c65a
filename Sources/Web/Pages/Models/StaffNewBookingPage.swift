/// A booking for somebody who calls: first service, person and day by GET, then time and details by POST.
package struct StaffNewBookingPage: PageModel {
  package static let template = "staff/new-booking"

  let layout: Layout
  let newURL: String
  let services: [Option]
  /// "Anyone" first.
  let people: [Option]
  /// YYYY-MM-DD.
  let day: String
  let errors: ErrorSummary?
  /// Nil until a service is chosen.
  let form: Form?

  struct Form: Sendable, Codable {
    let action: String
    /// `service`, `minutes`, `staff`, `location`, `zone`, `key`.
    let carried: [Hidden]
    /// "Tuesday 24 November 2026".
    let chosenDay: String
    /// "Vilnius time (UTC+2)".
    let zone: String
    let groups: [TimeGroup]
    let hasTimes: Bool
    let nextFree: BookTimesPage.NextFree?
    let startError: String?
    let name: Field
    let email: Field
    let phone: Field
    let address: Field?
    let questions: [BookDetailsPage.Question]
  }
}
