/// What was ended when somebody left, each tried again, and the bookings that need somebody else.
package struct StaffLeftPage: PageModel {
  package static let template = "staff/left"

  let layout: Layout
  let name: String
  /// Everything that was tried again was refused.
  let isAllRefused: Bool
  let proofs: [Proof]
  let coming: [StaffPersonPage.Coming]
  let personURL: String
  let peopleURL: String

  struct Proof: Sendable, Codable {
    /// "2 sign-ins".
    let what: String
    /// "Ended. Tried again just now: refused."
    let outcome: String
    let isRefused: Bool
  }
}
