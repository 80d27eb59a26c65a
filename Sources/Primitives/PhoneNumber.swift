/// A telephone number: an optional `+`, then 6 to 15 digits (ITU-T E.164 allows 15).
///
/// Spaces, dots, dashes and one pair of parentheses are read over, and so is the `(0)` that people write into
/// international numbers. Refused: letters, extensions, digits outside ASCII. Whether the number is in use is
/// not known.
///
/// Prints as "a phone number", never as itself: say `.text` where the number is meant.
package struct PhoneNumber: Hashable, Sendable {
  /// `+` where it was given, and the digits: what blind indexes and dialling use.
  package let text: String

  /// - Throws: the first thing that is wrong.
  package init(_ typed: some StringProtocol) throws(PhoneNumberFault) {
    var bytes = Array(typed.utf8)
    guard !bytes.isEmpty else { throw .missing }
    guard bytes.count <= 40 else { throw .tooLong }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .controlCharacter }
    while bytes.first == 0x20 { bytes.removeFirst() }
    let international = bytes.first == UInt8(ascii: "+")
    if international { bytes.removeFirst() }
    var digits: [UInt8] = []
    var parenthesis: Int?
    var closed = false
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        digits.append(byte)
      case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"):
        continue
      case UInt8(ascii: "(") where parenthesis == nil && !closed:
        parenthesis = digits.count
      case UInt8(ascii: ")"):
        guard let opened = parenthesis, opened < digits.count else { throw .malformed }
        // The trunk zero is dialled inside the country only: +49 (0)30 is +49 30.
        if international, opened > 0, digits[opened...] == [UInt8(ascii: "0")] { digits.removeLast() }
        parenthesis = nil
        closed = true
      default:
        throw .malformed
      }
    }
    guard parenthesis == nil else { throw .malformed }
    guard digits.count >= 6 else { throw .tooShort }
    guard digits.count <= 15 else { throw .tooLong }
    text = (international ? "+" : "") + String(decoding: digits, as: UTF8.self)
  }
}

/// Why a text is not taken as a phone number; holds nothing of the text.
package enum PhoneNumberFault: Error, Hashable, Sendable, CaseIterable {
  case missing
  case tooShort
  case tooLong
  case controlCharacter
  case malformed

  /// The same in the words of forms and of the API.
  package var reason: FieldReason {
    switch self {
    case .missing: .missing
    case .controlCharacter: .controlCharacter
    case .tooShort, .tooLong, .malformed: .notAPhone
    }
  }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "a phone number" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension PhoneNumber: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      self = try PhoneNumber(try container.decode(String.self))
    } catch is PhoneNumberFault {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a phone number")
    }
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
