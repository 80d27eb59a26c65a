/// Which resource of a tiled log: C2SP tlog-tiles.
package struct TileName: Hashable, Sendable {
  package let kind: Kind
  /// Position within its level, from 0.
  package let index: Int
  /// How many hashes or entries it holds: 1 to 256.
  package let width: Int

  package enum Kind: Hashable, Sendable {
    /// Hashes of the subtrees of 256^level entries each; level 0 holds the leaves' own.
    case hashes(level: Int)
    /// The entries themselves.
    case entries
  }

  /// What a full tile holds.
  package static let fullWidth = 256

  /// Below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/273.p/112`.
  package var path: String {
    let folder =
      switch kind {
      case .hashes(let level): String(level)
      case .entries: "entries"
      }
    return "tile/\(folder)/\(indexPath)" + (width < TileName.fullWidth ? ".p/\(width)" : "")
  }

  /// Three digits to each element, all but the last after an `x`.
  private var indexPath: String {
    var path = TileName.threeDigits(index % 1_000)
    var rest = index / 1_000
    while rest > 0 {
      path = "x\(TileName.threeDigits(rest % 1_000))/\(path)"
      rest /= 1_000
    }
    return path
  }

  private static func threeDigits(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
