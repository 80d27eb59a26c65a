/// Which characters a text may hold that people read: nothing that is invisible, turns the direction of what stands
/// beside it, or hides other text (Unicode TR 36 and TR 39 tell what those are used for).
enum TextRule {
  /// Marks on one letter, in a row: more than any script needs, less than what covers the lines above.
  private static let mostMarks = 4

  /// Whether any character may not be kept.
  ///
  /// - Parameter isAllowedControl: the control characters that this kind of text has, such as a line end.
  static func isBroken(_ text: String, isAllowedControl: (Unicode.Scalar) -> Bool) -> Bool {
    // Most texts are ASCII, of which only control characters are refused.
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.contains { ($0 < 0x20 || $0 == 0x7F) && !isAllowedControl(Unicode.Scalar($0)) }
    }
    let scalars = Array(text.unicodeScalars)
    var marks = 0
    for (position, scalar) in scalars.enumerated() {
      let before = position > 0 ? scalars[position - 1] : nil
      let after = position + 1 < scalars.count ? scalars[position + 1] : nil
      marks = isMark(scalar) ? marks + 1 : 0
      if marks > mostMarks { return true }
      switch scalar.properties.generalCategory {
      case .control:
        if !isAllowedControl(scalar) { return true }
      case .format:
        guard isJoiner(scalar), let before, let after, isVisible(before) || isMark(before), isVisible(after)
        else {
          return true
        }
      case .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return true
      default:
        guard scalar.properties.isDefaultIgnorableCodePoint else { continue }
        // A variation selector chooses how the character before it looks; alone or in a row it only hides something.
        guard scalar.properties.isVariationSelector, let before, isVisible(before) || isPlainMark(before)
        else {
          return true
        }
      }
    }
    return false
  }

  /// Whether there is anything to see.
  static func isVisible(_ text: String) -> Bool { text.unicodeScalars.contains(where: isVisible) }

  /// Letters, numbers, punctuation and signs; no space, no mark alone, no blank that counts as a letter.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isDefaultIgnorableCodePoint || scalar == brailleBlank { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: return false
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return false
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: return true
    }
  }

  private static let brailleBlank: Unicode.Scalar = "\u{2800}"

  /// Zero width joiner and non-joiner, which Persian, the scripts of India and emoji need between two characters.
  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{200C}" || scalar == "\u{200D}"
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func isPlainMark(_ scalar: Unicode.Scalar) -> Bool {
    isMark(scalar) && !scalar.properties.isDefaultIgnorableCodePoint
  }
}
