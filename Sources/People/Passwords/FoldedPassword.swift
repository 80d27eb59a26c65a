/// A password as guessing programs see it: small letters, and letters again where digits and signs stand for them.
struct FoldedPassword {
  /// In lower case.
  let plain: [Character]
  /// The same with digits and signs undone; as many characters.
  let folded: [Character]

  /// `scripts/blocklist.py` has the same.
  private static let swaps: [Character: Character] = [
    "@": "a", "$": "s", "0": "o", "3": "e", "!": "i", "|": "l",
  ]
  private static let shortestPiece = 4

  init(_ text: String) {
    plain = Array(text.lowercased())
    folded = plain.map { FoldedPassword.swaps[$0] ?? $0 }
  }

  /// Fewer than five different characters, or one short piece over and over: `abcabcabcabc`.
  var isRepetition: Bool {
    Set(folded).count < 5
      || (1...max(1, folded.count / 3)).contains { length in
        folded.indices.allSatisfy { folded[$0] == folded[$0 % length] }
      }
  }

  /// How many characters are left without known words, rows and spaces.
  func remainder(without known: KnownWords) -> Int {
    var isTaken = plain.map(\.isWhitespace)
    for start in folded.indices {
      for end in stride(from: folded.count, through: start + FoldedPassword.shortestPiece, by: -1)
      where known.contains(folded[start..<end]) {
        for index in start..<end { isTaken[index] = true }
        break
      }
    }
    for run in FoldedPassword.runs(in: plain[...]) {
      for index in run { isTaken[index] = true }
    }
    return isTaken.count { !$0 }
  }

  /// Whether it is a known word, or one with letters in it and fewer than eight digits and signs around it; a row of
  /// those counts as one.
  func isListed(in known: KnownWords) -> Bool {
    if known.contains(folded[...]) { return true }
    let starts = folded.indices.prefix { index in plain[..<index].allSatisfy(FoldedPassword.isEdge) }
    let ends = folded.indices.reversed().prefix { index in
      plain[(index + 1)...].allSatisfy(FoldedPassword.isEdge)
    }
    for start in starts {
      for end in ends where end >= start + FoldedPassword.shortestPiece - 1 {
        let around = FoldedPassword.weight(plain[..<start]) + FoldedPassword.weight(plain[(end + 1)...])
        let isWord = plain[start...end].contains(where: \.isLetter)
        if isWord, around < PasswordRule.leastOfOnesOwn, known.contains(folded[start...end]) { return true }
      }
    }
    return false
  }

  /// Whether nothing but these words is in it, and fewer than eight digits and signs.
  func isMadeOf(_ words: [[Character]]) -> Bool {
    var isTaken = plain.map { _ in false }
    for word in words where word.count <= folded.count {
      for start in 0...(folded.count - word.count)
      where folded[start..<start + word.count].elementsEqual(word) {
        for index in start..<start + word.count { isTaken[index] = true }
      }
    }
    let rest = plain.indices.filter { !isTaken[$0] }.map { plain[$0] }
    return rest.count < plain.count && rest.allSatisfy(FoldedPassword.isEdge)
      && FoldedPassword.weight(rest[...]) < PasswordRule.leastOfOnesOwn
  }

  /// ASCII that is no letter: what people put around a word to make it longer.
  private static func isEdge(_ character: Character) -> Bool { character.isASCII && !character.isLetter }

  /// Characters, of which a row counts as one.
  private static func weight(_ text: ArraySlice<Character>) -> Int {
    text.count - runs(in: text).reduce(0) { $0 + $1.count - 1 }
  }

  /// Stretches of three or more of the same character, or of neighbours such as `1234` and `dcba`.
  private static func runs(in text: ArraySlice<Character>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = text.startIndex
    while start < text.endIndex {
      var end = start + 1
      if end < text.endIndex, let step = distance(text[start], text[end]), abs(step) <= 1 {
        while end < text.endIndex, distance(text[end - 1], text[end]) == step { end += 1 }
      }
      if end - start >= 3 { runs.append(start..<end) } else { end = start + 1 }
      start = end
    }
    return runs
  }

  private static func distance(_ one: Character, _ other: Character) -> Int? {
    guard let first = one.unicodeScalars.first, let second = other.unicodeScalars.first else { return nil }
    return Int(second.value) - Int(first.value)
  }
}
