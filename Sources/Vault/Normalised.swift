import Foundation

/// One spelling for all spellings of an address or number, so that equal ones meet in a blind index.
package enum Normalised {
  /// Trimmed, NFKC, lower case.
  ///
  /// The local part is lowered too: in practice no mail server tells case apart.
  package static func email(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if trimmed.utf8.allSatisfy({ $0 < 0x80 }) { return trimmed.lowercased() }
    // Lower case can undo the normal form (U+0130), hence twice.
    return trimmed.precomposedStringWithCompatibilityMapping.lowercased()
      .precomposedStringWithCompatibilityMapping
  }

  /// A leading `+` and the digits, of any script; a leading `00` is a `+`.
  ///
  /// Everything else is left out.
  ///
  /// Numbers without a country stay without one: `8 612 34567` and `+370 612 34567` do not meet.
  package static func phone(_ text: String) -> String {
    var digits = ""
    var isInternational = false
    for scalar in text.unicodeScalars {
      if let digit = decimalDigit(scalar) {
        digits.append(Character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit))))
      } else if digits.isEmpty, scalar == "+" || scalar == "\u{FF0B}" {
        isInternational = true
      }
    }
    if !isInternational, digits.hasPrefix("00") { return "+" + digits.dropFirst(2) }
    return (isInternational ? "+" : "") + digits
  }

  /// 0 to 9 for a decimal digit of any script (Unicode category Nd).
  private static func decimalDigit(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.value < 0x80 {
      return scalar.value >= 0x30 && scalar.value <= 0x39 ? Int(scalar.value - 0x30) : nil
    }
    guard scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue
    else {
      return nil
    }
    return Int(value)
  }
}
