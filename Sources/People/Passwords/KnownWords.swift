/// What guessing programs try first: the blocklist, words of this trade, and the person's own words.
struct KnownWords {
  /// One's own words, folded: whole, in parts of at least four letters, and an address's part before the `@`.
  let own: [[Character]]
  private let blocklist: Blocklist
  private let ownSet: Set<[Character]>

  init(_ blocklist: Blocklist, ownWords: [String]) {
    self.blocklist = blocklist
    own = ownWords.flatMap(KnownWords.pieces).filter { $0.count >= 4 }
    ownSet = Set(own)
  }

  func contains(_ piece: ArraySlice<Character>) -> Bool {
    let word = Array(piece)
    return ownSet.contains(word) || KnownWords.ofTheTrade.contains(word) || blocklist.contains(word)
  }

  private static func pieces(of text: String) -> [[Character]] {
    let beforeAt = text.split(separator: "@").first.map { [FoldedPassword(String($0)).folded] } ?? []
    return [FoldedPassword(text).folded] + beforeAt
      + text.split { !$0.isLetter && !$0.isNumber }.map { FoldedPassword(String($0)).folded }
  }

  private static let ofTheTrade = Set(ContextWords.all.map { FoldedPassword($0).folded })
}
