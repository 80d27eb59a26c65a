/// Asks for the address that something was booked with.
package struct CustomerAskPage: PageModel {
  package static let template = "my/ask"

  let layout: Layout
  let action: String
  /// What was done just before.
  let said: String?
  /// Why something was not done.
  let refusal: String?
  /// Without a mail server no link can be sent.
  let canMail: Bool
  let errors: ErrorSummary?
  let email: Field
  /// Where a passkey's answer goes; its options are under it.
  let passkeyURL: String
  let bookURL: String
}
