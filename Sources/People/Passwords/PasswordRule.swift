package import Primitives
import Vault

/// Which passwords are taken: long ones that nobody would guess first. There is no rule about kinds of characters.
///
/// From 15 characters on, whatever is not on the blocklist is taken. On it is a password that the file or one's own
/// words hold, and one that they hold with fewer than eight digits and signs around it. A shorter one is looked at more
/// closely: with every common word, one's own words and every row such as `1234` taken out, eight characters must be
/// left.
///
/// - SeeAlso: NIST SP 800-63B-4 §3.1.1.2; `docs/formats/blocklist.md`.
package enum PasswordRule {
  package static let shortest = 12
  /// Where no second factor stands beside the password.
  package static let shortestAlone = 15
  package static let longest = 128
  static let leastOfOnesOwn = 8

  /// What is wrong with a password, or nil.
  ///
  /// Length counts the code points of its NFC; nothing is cut off.
  ///
  /// - Parameters:
  ///   - ownWords: the person's name and e-mail address and the business's name.
  ///   - hasSecondFactor: whether the password is never enough alone.
  package static func problem(
    with password: String,
    ownWords: [String],
    hasSecondFactor: Bool,
    against blocklist: Blocklist
  ) -> FieldReason? {
    let composed = Normalised.password(password)
    let length = composed.unicodeScalars.count
    if length == 0 { return .missing }
    if length > longest { return .tooLong }
    if length < (hasSecondFactor ? shortest : shortestAlone) { return .tooShort }
    let text = FoldedPassword(composed)
    let known = KnownWords(blocklist, ownWords: ownWords)
    let isCommon =
      length < shortestAlone
      ? text.isRepetition || text.remainder(without: known) < leastOfOnesOwn
      : text.isListed(in: known) || text.isMadeOf(known.own)
    return isCommon ? .commonPassword : nil
  }

  /// Whether a password that is in use is on the blocklist by now, whoever's it is.
  package static func isListed(_ password: String, in blocklist: Blocklist) -> Bool {
    FoldedPassword(Normalised.password(password)).isListed(in: KnownWords(blocklist, ownWords: []))
  }

  /// Whether a calendar asks for another password.
  ///
  /// - Parameter days: how long a password is good for; nil: for ever, which is the rule.
  package static func isOutlived(setAt: Instant, every days: Int?, now: Instant) -> Bool {
    days.map { now >= setAt + .days($0) } ?? false
  }
}
