/// "This was not me": the code of the mail, then what will happen, then what to do next.
package struct StaffDisownPage: PageModel {
  package static let template = "staff/not-me"

  let layout: Layout
  let action: String
  let errors: ErrorSummary?
  let codeError: String?
  /// What the code is about; nil until there is one.
  let signIn: SignIn?
  /// The recovery the code is about, where it is about one.
  let recovery: Recovery?
  /// Once it is done.
  let done: Done?
  /// Once a recovery is stopped.
  let isStopped: Bool

  struct Done: Sendable, Codable {
    /// For whoever runs the server, when no owner is left who can sign in: `cloakroom invite ona`.
    let command: String?
    /// A message to the owners is on its way.
    let isTold: Bool
  }

  struct SignIn: Sendable, Codable {
    let code: String
    /// "Firefox on Linux".
    let browser: String
    /// "Monday 23 November, 09:30, Vilnius time (UTC+2)".
    let at: String
    /// "Unusual: a browser not seen before"; nil when nothing was.
    let unusual: String?
  }

  struct Recovery: Sendable, Codable {
    let code: String
    /// "Ona"
    let askedBy: String
    let askedAt: String
    let opensAt: String
  }
}
