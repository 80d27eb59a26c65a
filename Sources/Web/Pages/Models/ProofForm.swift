/// Where somebody who is signed in shows that it is them: a passkey, or password and code.
package struct ProofForm: Sendable, Codable {
  let action: String
  /// The same for `lock.js`, which stays on the page.
  let actionInPlace: String
  /// Where the passkey's options come from.
  let optionsURL: String
  /// "Unlock".
  let button: String
  /// "Unlocking…".
  let busy: String
  /// One sentence for every wrong combination.
  let refusal: String?
  /// Whether the passkey's button comes before the password: not where this session began with a password.
  let passkeyFirst: Bool
  /// Whether the field for a recovery code stands open.
  let usesRecovery: Bool
}
