/// What an act of a customer has to say on the page it leads to: a closed set, so that an address never carries words.
enum CustomerSaid: String, Sendable {
  case signedOut = "signed-out"
  case passkeyAdded = "passkey-added"
  case passkeyRemoved = "passkey-removed"

  /// What the query says; nil for nothing and for anything else.
  init?(_ query: Form) {
    guard let said = query["said"].flatMap(CustomerSaid.init(rawValue:)) else { return nil }
    self = said
  }

  var sentence: String {
    switch self {
    case .signedOut: "You are signed out."
    case .passkeyAdded: "The passkey is added. Next time it lets you in without a link."
    case .passkeyRemoved: "The passkey is removed. You can delete it on your device too."
    }
  }
}
