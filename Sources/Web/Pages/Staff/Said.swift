import People

/// What an act has to say on the page it leads to: a closed set, so that an address never carries words or
/// names.
enum Said: String, Sendable {
  case signedOut = "signed-out"
  case inviteTaken = "invite-taken"
  case recoveryAsked = "recovery-asked"
  case recoveryOpened = "recovery-opened"
  case recoveryEnded = "recovery-ended"
  case sessionsEnded = "sessions-ended"
  case booked
  case marked
  case moved
  case cancelled
  case lifted
  case saved
  case tested
  case requeued
  case passwordChanged = "password-changed"
  case passkeyAdded = "passkey-added"
  case passkeyRemoved = "passkey-removed"
  case passkeyTaken = "passkey-taken"
  case codeAppSet = "code-app-set"
  case sessionEnded = "session-ended"
  case othersEnded = "others-ended"
  case deviceForgotten = "device-forgotten"
  case confirmed
  case roleSaved = "role-saved"
  case roleRemoved = "role-removed"
  case roleGiven = "role-given"
  case asked
  case askedAlone = "asked-alone"
  case approvalDone = "approval-done"
  case approvalRefused = "approval-refused"
  case approvalWithdrawn = "approval-withdrawn"
  case fileStopped = "file-stopped"
  case decoyPlanted = "decoy-planted"
  case decoyRemoved = "decoy-removed"

  /// What the query says; nil for nothing and for anything else.
  init?(_ query: Form) {
    guard let said = query["said"].flatMap(Said.init(rawValue:)) else { return nil }
    self = said
  }

  /// What became of a wish that takes two people.
  init(asked approval: Approval) { self = approval.isAlone ? .askedAlone : .asked }

  var sentence: String {
    switch self {
    case .signedOut: "You are signed out."
    case .inviteTaken:
      "All is set up, and you are signed in. Now add a second way in, for the day this one is lost."
    case .recoveryAsked: "The link is on its way by mail. Nobody else gets to see it."
    case .recoveryOpened: "It is open now. A message that says so is on its way."
    case .recoveryEnded: "It is stopped. Nothing has changed."
    case .sessionsEnded: "Signed out everywhere."
    case .passkeyTaken: "The passkey works no more, and they are signed out everywhere."
    case .booked: "The booking is made."
    case .marked: "The visit is marked."
    case .moved: "The booking was moved."
    case .cancelled: "The booking was cancelled."
    case .lifted: "The block is lifted."
    case .saved: "Saved."
    case .passwordChanged: "Your new password is set. Everywhere else you are signed out now."
    case .requeued: "They will be sent again now."
    case .passkeyAdded: "The passkey is added. You are signed out everywhere else."
    case .passkeyRemoved: "The passkey is removed. You are signed out everywhere else."
    case .codeAppSet: "Codes of this app count from now on. You are signed out everywhere else."
    case .sessionEnded: "It is signed out."
    case .othersEnded: "Everywhere else you are signed out."
    case .deviceForgotten: "The browser is forgotten and signed out."
    case .confirmed: "Thank you, it is you. Now you can go on."
    case .roleSaved: "The role is saved. It counts at once for everybody who has it."
    case .roleRemoved: "The role is gone."
    case .roleGiven: "Saved. It counts at once."
    case .asked:
      "Nothing is changed yet: this needs a second person. They are told, and it stands here until they decide."
    case .askedAlone:
      "Nothing is changed yet: nobody else could agree, so it waits for a day. Until then you can withdraw it."
    case .approvalDone: "Done, as you agreed to it. All owners are told."
    case .approvalRefused: "You said no. Nothing was changed."
    case .approvalWithdrawn: "It is withdrawn. Nothing was changed."
    case .fileStopped: "The file cannot be taken any more. All owners are told."
    case .decoyPlanted: "It is planted. All owners are told when a search shows it to somebody."
    case .decoyRemoved: "It is taken away."
    case .tested: "The mail server took the test message. Look for it in your own mailbox."
    }
  }
}
