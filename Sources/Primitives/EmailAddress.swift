/// A mail address that SMTP carries as it stands: `local@domain`, ASCII, no quoting (RFC 5321 §4.1.2
/// `Dot-string`).
///
/// Refused: display names, comments, quoted local parts, address literals, domains of one label, addresses
/// over 254 octets, and anything outside ASCII: a domain with other letters has to be given in its `xn--`
/// form. Nothing is trimmed or repaired.
///
/// The domain is kept in lower case, the local part as it was typed. Prints as "an e-mail address", never as
/// itself: say `.text` where the address is meant.
package struct EmailAddress: Hashable, Sendable {
  package let local: String
  package let domain: String

  /// - Throws: the first thing that is wrong.
  package init(_ text: some StringProtocol) throws(EmailAddressFault) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .missing }
    guard bytes.count <= 254 else { throw .tooLong }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .controlCharacter }
    guard bytes.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { throw .malformed }
    let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
    guard local.count <= 64 else { throw .tooLong }
    guard Self.isDotString(local), Self.isDomain(domain) else { throw .malformed }
    self.local = String(decoding: local, as: UTF8.self)
    self.domain = String(decoding: domain, as: UTF8.self).lowercased()
  }

  package var text: String { local + "@" + domain }

  /// What two spellings of one address have in common: all in lower case.
  ///
  /// RFC 5321 §2.4 lets a server tell local parts apart by case; none in use does, and people type both.
  package var normalised: String { local.lowercased() + "@" + domain }

  private static func isDotString(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.allSatisfy(isAtomText)
    }
  }

  /// RFC 5322 §3.2.3 `atext`.
  private static func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }

  private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, bytes.count <= 253, labels.allSatisfy(isLabel) else { return false }
    return !labels[labels.count - 1].allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard (1...63).contains(label.count), label.first != 0x2D, label.last != 0x2D else { return false }
    return label.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
      default: false
      }
    }
  }
}

/// Why a text is not taken as a mail address; holds nothing of the text.
package enum EmailAddressFault: Error, Hashable, Sendable, CaseIterable {
  case missing
  case tooLong
  case controlCharacter
  /// Letters outside ASCII, which not every mail server carries (RFC 6531).
  case notASCII
  case malformed

  /// The same in the words of forms and of the API.
  package var reason: FieldReason {
    switch self {
    case .missing: .missing
    case .tooLong: .tooLong
    case .controlCharacter: .controlCharacter
    case .notASCII, .malformed: .notAnAddress
    }
  }
}

extension EmailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "an e-mail address" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension EmailAddress: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      self = try EmailAddress(try container.decode(String.self))
    } catch is EmailAddressFault {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an e-mail address")
    }
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
