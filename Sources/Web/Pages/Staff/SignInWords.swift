import Primitives

/// What is said to somebody who is not let in. Whatever was wrong, it is the same.
enum SignInWords {
  static func sentence(_ refusal: Refusal) -> String {
    switch refusal.code {
    case .signInRefused:
      "That did not match. Please try again or use another way; each code of the app works once."
    case .tooMany:
      "That was tried too often. Please wait \(refusal.wait.map(length) ?? "a little") before you try again."
    default: refusal.code.sentence
    }
  }

  /// The way in for somebody who has to wait because of what others tried.
  static func advice(_ refusal: Refusal) -> String? {
    refusal.code == .tooMany
      ? "A passkey lets you in at once, and so does a browser you have signed in with before." : nil
  }

  /// "20 seconds", "3 minutes": rounded up, so that nobody comes back too early.
  static func length(_ seconds: Int) -> String {
    seconds < 100
      ? PageWords.count(max(1, seconds), "second") : PageWords.count((seconds + 59) / 60, "minute")
  }
}
