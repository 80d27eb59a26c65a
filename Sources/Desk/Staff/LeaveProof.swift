/// One thing somebody who left could do before, tried again, and how it was refused.
package struct LeaveProof: Sendable, Hashable {
  package let thing: Thing
  /// How many there were. None existed, none can be tried.
  package let count: Int
  /// Every one of them was looked up as a request looks it up, and none opened anything.
  package let isRefused: Bool

  /// What can open something for somebody.
  package enum Thing: String, Sendable, CaseIterable {
    case session
    case device
    case passkey
    case password
    case codeApp = "code-app"
    case recoveryCode = "recovery-code"
    case invite
  }
}
