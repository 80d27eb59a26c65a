/// What became of how somebody signs in. The raw value is the notice's detail.
package enum NoticedChange: String, Hashable, Sendable, CaseIterable {
  case passwordChanged = "password-changed"
  case passkeyAdded = "passkey-added"
  case passkeyRemoved = "passkey-removed"
  /// A passkey answered with a counter that was used before: there is a copy of it.
  case clonedPasskey = "cloned-passkey"
  case recoveryCodesMade = "recovery-codes-made"
  case recoveryCodeUsed = "recovery-code-used"
  case codeAppChanged = "code-app-changed"
  case inviteTaken = "invite-taken"
  /// Somebody asked that a sign-in be set up anew.
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
  /// For a word that this version does not know: no warning is dropped for that.
  case other = "other"

  /// To the person it happened to, one or two sentences.
  var toOneself: String {
    switch self {
    case .passwordChanged: "Your password was changed. You were signed out everywhere else."
    case .passkeyAdded: "A passkey was added to your sign-in. You were signed out everywhere else."
    case .passkeyRemoved: "A passkey was removed from your sign-in. You were signed out everywhere else."
    case .clonedPasskey:
      "A passkey of yours was used that seems to exist twice. The sign-in was refused. Please remove this passkey and add a "
        + "new one."
    case .recoveryCodesMade: "New recovery codes were made for your sign-in. The earlier ones no longer work."
    case .recoveryCodeUsed: "One of your recovery codes was used to sign in. It does not work again."
    case .codeAppChanged:
      "Another app was set up for the codes of your sign-in. The one before no longer works."
    case .inviteTaken: "Your invitation was taken up: your sign-in is set up now."
    case .recoveryAsked: "Somebody asked that your sign-in be set up anew."
    case .recoveryOpened: "Your sign-in can be set up anew at once, since a second person agreed."
    case .recoveryEnded:
      "Somebody had asked that your sign-in be set up anew. That was stopped: the link opens nothing any more, and nothing "
        + "has changed."
    case .sessionsEnded: "You were signed out by somebody who looks after access at this business."
    case .disowned:
      "Somebody said, by the link in a message to you, that a sign-in was not you. Everything that signs in as you was "
        + "ended: sessions, passkeys, codes and the password. The owner can send you a new invitation."
    case .disownedAlone:
      "Somebody said, by the link in a message to you, that a sign-in was not you. Everything that signs in as you was "
        + "ended: sessions, passkeys, codes and the password. No other owner can sign in, so ask whoever runs the server for "
        + "a new invitation: they make it there, with the command “cloakroom invite”."
    case .volumeReached: "You have opened as many customers as your role allows."
    case .vendorLooked: "You were shown data of customers."
    case .decoyShown: "A search showed you a customer."
    case .exportTried: "Somebody signed in as you tried to take the data of all customers, and was refused."
    case .roleGiven:
      "Somebody who looks after access changed what you may do here: your role, your places or your last day."
    case .roleSaved: "You changed what a role may do."
    case .passkeyTaken:
      "Somebody who looks after access removed a passkey from your sign-in, as after a lost phone. You were signed out "
        + "everywhere."
    case .left:
      "Your access has ended: you are signed out everywhere, and nothing that signed you in works any more."
    case .other: "The way you sign in was changed."
    }
  }

  /// To the owners, about somebody called `name`.
  func toOwners(about name: String) -> String {
    switch self {
    case .passwordChanged: "The password of \(name) was changed."
    case .passkeyAdded: "A passkey was added to the sign-in of \(name)."
    case .passkeyRemoved: "A passkey was removed from the sign-in of \(name)."
    case .clonedPasskey:
      "A passkey of \(name) was used that seems to exist twice. The sign-in was refused. Speak with \(name) about it."
    case .recoveryCodesMade: "New recovery codes were made for the sign-in of \(name)."
    case .recoveryCodeUsed: "A recovery code was used to sign in as \(name)."
    case .codeAppChanged: "Another app was set up for the codes of \(name)."
    case .inviteTaken: "\(name) has taken up the invitation: the sign-in is set up now."
    case .recoveryAsked:
      "An owner has asked that \(name) set up their sign-in anew. The link went to \(name) alone and opens after 24 hours. "
        + "Ask \(name), not by mail, whether that is meant. You can stop it, and another owner can let it open at once."
    case .recoveryOpened:
      "A second owner has agreed that \(name) set up their sign-in anew: the link that \(name) got by mail is open now."
    case .recoveryEnded: "The new start for the sign-in of \(name) was stopped. Nothing has changed."
    case .sessionsEnded: "\(name) was signed out by somebody who looks after access."
    case .disowned, .disownedAlone:
      "\(name) said that a sign-in was somebody else. Everything that signs in as \(name) was ended: sessions, passkeys, "
        + "codes and the password. Speak with \(name), and send a new invitation when all is clear."
    case .volumeReached:
      "\(name) has opened as many customers today, or within one minute, as the role allows, and was stopped there. Ask "
        + "\(name) what for; if nobody knows, end the access."
    case .vendorLooked:
      "\(name), who works for you from outside, was shown data of customers. The record says of whom."
    case .decoyShown:
      "\(name) searched for customers and was shown a decoy: somebody who is not real, planted so that curiosity shows. Ask "
        + "\(name) what the search was for. The record says when it was; a search by part of a name can also meet it by chance."
    case .exportTried:
      "\(name) tried to take the data of all customers and was refused. No page offers that to \(name): ask what it was for, "
        + "and end the access if nobody knows."
    case .roleGiven:
      "What \(name) may do was changed by somebody who gives roles: the role, the places or the last day."
    case .roleSaved: "\(name) changed what a role may do, or made a new one. It stands under “Roles”."
    case .passkeyTaken:
      "A passkey of \(name) was removed by somebody who looks after access, as after a lost phone."
    case .left: "The access of \(name) has ended. Nothing that signed \(name) in works any more."
    case .other: "The way \(name) signs in was changed."
    }
  }

  /// What to do for whoever did not do it.
  var ifNotYou: String {
    switch self {
    case .inviteTaken: "Was that not you? Then tell the owner now, not by mail."
    case .recoveryEnded: "Do you still need it? Then ask the owner once more."
    case .left: "If you think that this is a mistake, speak with the owner."
    case .roleGiven: "If you did not expect that, speak with the owner."
    case .sessionsEnded, .passkeyTaken:
      "You can sign in again. If you are in doubt, speak with the owner, not by mail."
    case .disowned: "Was it not you who said so? Then tell the owner, not by mail."
    case .disownedAlone:
      "Was it not you who said so? Then somebody else reads your mail: change its password first."
    default:
      "Was that not you? Then tell the owner at once, not by mail: the owner can end everything that signs in as you."
    }
  }
}
