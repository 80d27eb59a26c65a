/// Who can see one booking and its customer.
package struct StaffAccessListPage: PageModel {
  package static let template = "staff/access-list"

  let layout: Layout
  let bookingURL: String
  /// "Washing machine repair, Tuesday 24 November, 09:30 – 11:00".
  let about: String
  /// "Of 7 people 3 see who it is now."
  let summary: String
  /// Those who see anything, in the business's order.
  let seeing: [Line]
  let hasSeeing: Bool
  /// Those who see nothing.
  let blind: [Line]
  let hasBlind: Bool

  struct Line: Sendable, Codable {
    let name: String
    let role: String
    /// "Time, name, address and answers".
    let sees: String
    /// "May show phone and e-mail"; nil for who may not.
    let contact: String?
    /// "Role Technician: own visits".
    let why: String
    /// "Until Tuesday 24 November, 15:00"; "More from … on".
    let when: [String]
    /// "Looked last on Tuesday 24 November, 09:14 (entry 1,204)"; "Has not looked yet".
    let looked: String
  }
}
