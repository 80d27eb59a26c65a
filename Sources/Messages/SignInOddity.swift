/// What was unusual about a sign-in. The raw value is stored with the session.
package enum SignInOddity: String, Hashable, Sendable, CaseIterable {
  case newDevice = "new-device"
  case newNetwork = "new-network"
  case oddHour = "odd-hour"
  case longSilence = "long-silence"
  case afterFailures = "after-failures"

  /// What to tell a person, one sentence.
  package var sentence: String {
    switch self {
    case .newDevice: "It came from a browser that has not been used for this before."
    case .newNetwork: "It came from another internet connection than before."
    case .oddHour: "It was at an unusual time of the day."
    case .longSilence: "Nobody had signed in to this account for a long time."
    case .afterFailures: "There were failed tries just before it."
    }
  }
}
