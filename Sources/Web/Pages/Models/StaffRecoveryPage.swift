/// New recovery codes, shown once.
package struct StaffRecoveryPage: PageModel {
  package static let template = "staff/recovery"

  let layout: Layout
  let businessName: String
  let codes: [String]
  /// "22 November 2026".
  let madeOn: String
  let doneURL: String
}
