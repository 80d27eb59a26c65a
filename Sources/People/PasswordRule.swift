package import Primitives

/// Which passwords are taken: long ones that nobody would guess first.
///
/// No rule about kinds of characters.
///
/// The built-in list is short on purpose; it catches what people type when asked for twelve characters.
///
/// - SeeAlso: NIST SP 800-63B-4 §3.1.1.2.
package enum PasswordRule {
  package static let shortest = 12
  /// Where no second factor stands beside the password.
  package static let shortestAlone = 15
  package static let longest = 128
  /// What must be left when every word a guesser tries first is taken out.
  private static let leastOfOnesOwn = 8

  /// What is wrong with a password, or nil.
  ///
  /// Length counts Unicode code points.
  ///
  /// `ownWords` are the person's name and e-mail address and the business's name; `hasSecondFactor` says whether
  /// the password is never enough alone.
  package static func problem(
    with password: String,
    ownWords: [String],
    hasSecondFactor: Bool
  ) -> FieldReason? {
    let length = password.unicodeScalars.count
    if length == 0 { return .missing }
    if length > longest { return .tooLong }
    if length < (hasSecondFactor ? shortest : shortestAlone) { return .tooShort }
    let plain = folded(password)
    if Set(plain).count < 5 || isRepetition(plain) { return .commonPassword }
    if remainder(of: plain, without: pieces(of: ownWords)).count < leastOfOnesOwn { return .commonPassword }
    return nil
  }

  /// Lower case, with the usual digits for letters undone, as guessing programs do.
  private static func folded(_ text: String) -> [Character] {
    text.lowercased().map { swaps[$0] ?? $0 }
  }

  private static let swaps: [Character: Character] = [
    "@": "a", "$": "s", "0": "o", "3": "e", "!": "i", "|": "l",
  ]

  /// Whole words of at least four letters; of an e-mail address also the part before the `@`.
  private static func pieces(of words: [String]) -> [[Character]] {
    words.flatMap { word in
      let beforeAt = word.split(separator: "@").first.map { [folded(String($0))] } ?? []
      return [folded(word)] + beforeAt
        + word.split { !$0.isLetter && !$0.isNumber }.map { folded(String($0)) }
    }.filter { $0.count >= 4 }
  }

  /// One short piece over and over: `abcabcabcabc`.
  private static func isRepetition(_ text: [Character]) -> Bool {
    (1...max(1, text.count / 3)).contains { length in
      text.indices.allSatisfy { text[$0] == text[$0 % length] }
    }
  }

  private static func remainder(of text: [Character], without ownWords: [[Character]]) -> [Character] {
    var rest = text
    let words = (ownWords + commonPieces).sorted { $0.count > $1.count }
    for word in words { remove(word, from: &rest) }
    removeRuns(from: &rest)
    return rest.filter { !$0.isWhitespace }
  }

  private static func remove(_ word: [Character], from text: inout [Character]) {
    guard !word.isEmpty else { return }
    var start = 0
    while start + word.count <= text.count {
      if text[start..<start + word.count].elementsEqual(word) {
        text.removeSubrange(start..<start + word.count)
      } else {
        start += 1
      }
    }
  }

  /// Takes out stretches of three or more of the same character, or of neighbours such as `1234` and `dcba`.
  private static func removeRuns(from text: inout [Character]) {
    var kept: [Character] = []
    var start = 0
    while start < text.count {
      var end = start + 1
      if end < text.count, let step = distance(text[start], text[end]), abs(step) <= 1 {
        while end < text.count, distance(text[end - 1], text[end]) == step { end += 1 }
      }
      if end - start < 3 {
        end = start + 1
        kept.append(text[start])
      }
      start = end
    }
    text = kept
  }

  private static func distance(_ one: Character, _ other: Character) -> Int? {
    guard let first = one.unicodeScalars.first, let second = other.unicodeScalars.first else { return nil }
    return Int(second.value) - Int(first.value)
  }

  private static let commonPieces: [[Character]] = CommonWords.all.map { folded($0) }
}
