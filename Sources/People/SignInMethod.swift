/// By what somebody proved who they are. The raw value is stored.
package enum SignInMethod: String, Sendable, CaseIterable {
  case passkey = "passkey"
  /// With a code from the app.
  case password = "password"
  /// Password and a recovery code in place of the app's.
  case recoveryCode = "recovery-code"
  /// By taking up an invite.
  case invite = "invite"
}
