/// What happened to somebody's way in, as notices to them and to the owners name it. The raw values are
/// stored.
package enum AccessChange: String, Sendable, CaseIterable {
  case passkeyAdded = "passkey-added"
  case passkeyRemoved = "passkey-removed"
  /// A passkey answered with a counter that was used before: there is a copy of it.
  case clonedPasskey = "cloned-passkey"
  case recoveryCodesMade = "recovery-codes-made"
  case recoveryCodeUsed = "recovery-code-used"
  case passwordChanged = "password-changed"
  case codeAppChanged = "code-app-changed"
  /// An invite was taken up: all factors are new.
  case inviteTaken = "invite-taken"
  /// Somebody asked that their sign-in be set up anew.
  case recoveryAsked = "recovery-asked"
  /// A second person let that happen at once.
  case recoveryOpened = "recovery-opened"
  /// It will not happen after all.
  case recoveryEnded = "recovery-ended"
  /// Somebody else ended their sessions.
  case sessionsEnded = "sessions-ended"
  /// "This was not me" ended everything.
  case disowned = "disowned"
  /// The same, and no owner is left who can sign in.
  case disownedAlone = "disowned-alone"
  /// They opened as many customers as their role allows.
  case volumeReached = "volume-reached"
  /// Somebody from outside was shown customers' data.
  case vendorLooked = "vendor-looked"
  /// A search showed them a customer who is nobody.
  case decoyShown = "decoy-shown"
  /// They tried to take customers' data out and may not.
  case exportTried = "export-tried"
  /// They have another role, other places or another last day.
  case roleGiven = "role-given"
  /// They changed what a role may do, or made one.
  case roleSaved = "role-saved"
  /// Somebody else took one of their passkeys away.
  case passkeyTaken = "passkey-taken"
  /// They work here no longer.
  case left = "left"
}
