/// ` (did you mean “minutes”?)` when one of the known words is near, else empty.
func didYouMean(_ word: String, among known: [String]) -> String {
  nearest(to: word, among: known).map { " (did you mean \(quoted($0))?)" } ?? ""
}

/// The known word that this one was probably meant to be.
func nearest(to word: String, among known: [String]) -> String? {
  let near = known.map { ($0, distance(word.lowercased(), $0)) }.min { $0.1 < $1.1 }
  guard let near, near.1 <= max(1, near.0.count / 3) else { return nil }
  return near.0
}

/// How many letters must be put in, taken out, changed or swapped to make one word the other.
///
/// Damerau-Levenshtein distance, optimal string alignment. Words are cut at 40 letters.
private func distance(_ one: String, _ other: String) -> Int {
  let one = Array(one.unicodeScalars.prefix(40))
  let other = Array(other.unicodeScalars.prefix(40))
  var before: [Int] = []
  var above = Array(0...other.count)
  for row in 0..<one.count {
    var current = [row + 1]
    for column in 0..<other.count {
      let same = one[row] == other[column]
      var best = min(above[column] + (same ? 0 : 1), above[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
        best = min(best, before[column - 1] + 1)
      }
      current.append(best)
    }
    before = above
    above = current
  }
  return above[other.count]
}
