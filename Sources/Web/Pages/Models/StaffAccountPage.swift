/// One's own ways to sign in, and where one is signed in.
package struct StaffAccountPage: PageModel {
  package static let template = "staff/account"

  let layout: Layout
  /// What has just been done.
  let notice: String?
  /// Why something was not done.
  let problem: String?
  /// Somebody asked that this sign-in be set up anew.
  let startOver: StartOver?
  let passkeys: [Passkey]
  /// Advice for somebody with one passkey or none.
  let passkeyAdvice: String?
  let addPasskeyURL: String
  let passkeyOptionsURL: String
  /// The name of a new one.
  let label: Field
  let password: Factor
  let codeApp: Factor
  let recovery: Recovery
  let sessions: [Session]
  /// Nil when this is the only one.
  let endOthersURL: String?
  let devices: [Device]

  struct StartOver: Sendable, Codable {
    /// "Ona asked for it on Monday 23 November, 09:30. It opens on …"
    let text: String
    let endURL: String
  }

  struct Passkey: Sendable, Codable {
    let label: String
    /// "Added 22 November, used today".
    let facts: String
    let removeURL: String
  }

  /// Password or code app.
  struct Factor: Sendable, Codable {
    let isSet: Bool
    /// Where it is set or changed.
    let url: String
  }

  struct Recovery: Sendable, Codable {
    /// "8 of 10 are left".
    let left: String
    let isLow: Bool
    /// Nil for somebody without a password, which they go with.
    let makeURL: String?
    /// "Make new codes".
    let button: String
  }

  struct Session: Sendable, Codable {
    /// "Firefox on Linux".
    let browser: String
    let isCurrent: Bool
    /// Only told when something was unusual: "A new browser, at an unusual hour".
    let unusual: String?
    /// "Signed in Monday 23 November, 09:30 with a passkey".
    let began: String
    /// "Last used 5 minutes ago, from the network you are in now".
    let seen: String
    let endURL: String?
  }

  struct Device: Sendable, Codable {
    let browser: String
    let isCurrent: Bool
    /// "Known since 22 November, last seen today".
    let facts: String
    let forgetURL: String
  }
}
