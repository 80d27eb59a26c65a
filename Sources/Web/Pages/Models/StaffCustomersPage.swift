/// Finding a customer.
///
/// The word goes by POST, so that it stands in no address.
package struct StaffCustomersPage: PageModel {
  package static let template = "staff/customers"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  let query: Field
  /// Nil before the first search.
  let result: Result?
  /// What one may do besides.
  let bulk: [LinkOption]
  let hasBulk: Bool

  struct Result: Sendable, Codable {
    /// "2 customers found", "Nobody found".
    let summary: String
    let customers: [Customer]
  }

  struct Customer: Sendable, Codable {
    let name: String
    let email: String?
    let phone: Layout.Phone?
    let bookings: [Booking]
  }

  struct Booking: Sendable, Codable {
    let url: String
    let time: String
    let service: String
    let status: String
  }
}
