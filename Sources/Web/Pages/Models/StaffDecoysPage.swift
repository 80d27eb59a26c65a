/// Customers who are nobody: what they are for, planting one, and those there are.
package struct StaffDecoysPage: PageModel {
  package static let template = "staff/decoys"

  let layout: Layout
  let customersURL: String
  let action: String
  let notice: String?
  let errors: ErrorSummary?
  let name: Field
  let phone: Field
  let decoys: [Decoy]

  struct Decoy: Sendable, Codable {
    let name: String
    let phone: String?
    /// "Planted on 29 November 2026 by Ona".
    let planted: String
    let removeURL: String
  }
}
