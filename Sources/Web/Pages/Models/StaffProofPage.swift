/// The lock screen, and the question "is it you?" before what needs a fresh proof.
package struct StaffProofPage: PageModel {
  package static let template = "staff/proof"

  let layout: Layout
  let heading: String
  /// Why it is asked and what happens next.
  let lead: String
  /// That nothing typed is lost; nil when nothing was.
  let kept: String?
  let proof: ProofForm
  let carried: [Hidden]
  /// For somebody else at the same screen; nil when confirming.
  let signOutURL: String?
  /// Back without confirming; nil when locked.
  let backURL: String?
}
