import Foundation
package import Primitives

extension Slug {
  /// The short name that a name suggests: `Ona’s Repairs` is `onas-repairs`, `Žalioji Aguona` is `zalioji-aguona`.
  ///
  /// Letters of other scripts are spelt in Latin ones. Nil when nothing is left, as of a name in signs alone.
  package init?(spelling name: String) {
    let latin = name.applyingTransform(.toLatin, reverse: false) ?? name
    let plain = latin.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
    var text = ""
    for character in plain {
      switch character {
      case "a"..."z", "0"..."9": text.append(character)
      case "’", "'", "ʼ", "ʹ", "ʺ", "`", "´": continue
      default:
        if let spelt = Slug.spellings[character] {
          text += spelt
        } else if !text.isEmpty, text.last != "-" {
          text.append("-")
        }
      }
    }
    var short = text.prefix(40)
    while short.last == "-" { short.removeLast() }
    self.init(short)
  }

  private static let spellings: [Character: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e",
    "&": "and",
  ]

  /// This one, or the first of `-2`, `-3`, … that is not taken.
  func distinct(from taken: Set<Slug>) -> Slug {
    var number = 1
    var slug = self
    while taken.contains(slug) {
      number += 1
      let ending = "-\(number)"
      var stem = text.prefix(40 - ending.count)
      while stem.last == "-" { stem.removeLast() }
      slug = Slug(stem + ending) ?? slug
    }
    return slug
  }
}
