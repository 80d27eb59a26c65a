/// What an act has to say on the page it leads to: a closed set, so that an address never carries words or
/// names.
enum Said: String, Sendable {
  case signedOut = "signed-out"
  case inviteTaken = "invite-taken"
  case booked
  case marked
  case moved
  case cancelled
  case lifted
  case saved
  case tested
  case requeued

  /// What the query says; nil for nothing and for anything else.
  init?(_ query: Form) {
    guard let said = query["said"].flatMap(Said.init(rawValue:)) else { return nil }
    self = said
  }

  var sentence: String {
    switch self {
    case .signedOut: "You are signed out."
    case .inviteTaken: "All is set. Please sign in with your new password and the next code of the app."
    case .booked: "The booking is made."
    case .marked: "The visit is marked."
    case .moved: "The booking was moved."
    case .cancelled: "The booking was cancelled."
    case .lifted: "The block is lifted."
    case .saved: "Saved."
    case .requeued: "They will be sent again now."
    case .tested: "The mail server took the test message. Look for it in your own mailbox."
    }
  }
}
