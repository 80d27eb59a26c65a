/// Why a password must be changed before anything else is done. The raw value is stored.
package enum PasswordDue: String, Hashable, Sendable, CaseIterable {
  /// It is on a list of common or stolen passwords.
  case breached = "breached"
  /// More people than one seem to know it.
  case sharedLogin = "shared-login"
  /// The owner asks for it: a phone was lost, or somebody who knew it has left.
  case asked = "asked"
  /// The business has a calendar for it; no standard asks for that (NIST SP 800-63B-4 §3.1.1.2).
  case calendar = "calendar"
}
