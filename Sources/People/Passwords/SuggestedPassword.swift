/// A password somebody can take over as it stands: four groups of five, `hK7mw-Rt9xp-…`, 23 characters in all.
///
/// Capital and small letters, digits and a sign are in each, so that every rule elsewhere is satisfied too; none of
/// `0 O o 1 l I i`, which are taken for one another. At least 113 bits.
package enum SuggestedPassword {
  private static let letters = Array("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789")
  private static let groups = 4
  private static let groupLength = 5

  /// - Parameter generator: the system's, outside tests.
  package static func make(using generator: inout some RandomNumberGenerator) -> String {
    while true {
      let drawn = (0..<groups * groupLength).map { _ in
        letters[Int.random(in: letters.indices, using: &generator)]
      }
      // Drawn again as a whole, so that each of those with all kinds is as likely as any other.
      guard drawn.contains(where: \.isUppercase), drawn.contains(where: \.isLowercase),
        drawn.contains(where: \.isNumber)
      else { continue }
      return stride(from: 0, to: drawn.count, by: groupLength)
        .map { String(drawn[$0..<$0 + groupLength]) }.joined(separator: "-")
    }
  }

  package static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    return make(using: &generator)
  }
}
