/// Base 64 as RFC 4648 has it: with padding for notes (§4), the URL alphabet without padding for codes (§5).
package enum Base64 {
  package static func encode(_ bytes: [UInt8]) -> String {
    encode(bytes, alphabet: standard, isPadded: true)
  }

  /// Refuses (nil) anything but the one canonical spelling.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    let padding = characters.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard characters.count % 4 == 0, padding <= 2 else { return nil }
    return decode(characters.dropLast(padding), values: standardValues, padding: padding)
  }

  package static func encodeURL(_ bytes: [UInt8]) -> String {
    encode(bytes, alphabet: url, isPadded: false)
  }

  /// Refuses (nil) padding, the other alphabet and left-over bits that are not zero.
  package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    return decode(characters[...], values: urlValues, padding: (4 - characters.count % 4) % 4)
  }

  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  private static let standard = Array((letters + "+/").utf8)
  private static let url = Array((letters + "-_").utf8)
  private static let standardValues = values(of: standard)
  private static let urlValues = values(of: url)
  private static let none: UInt8 = 0xFF

  private static func values(of alphabet: [UInt8]) -> [UInt8] {
    var values = [UInt8](repeating: none, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }

  private static func encode(_ bytes: [UInt8], alphabet: [UInt8], isPadded: Bool) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
      var length = 0
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = (0..<3).reduce(0) { $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0) }
        let characters = min(3, bytes.count - start) + 1
        for position in 0..<characters {
          text[length] = alphabet[group >> (18 - 6 * position) & 63]
          length += 1
        }
        for _ in characters..<4 where isPadded {
          text[length] = UInt8(ascii: "=")
          length += 1
        }
      }
      return length
    }
  }

  private static func decode(_ characters: ArraySlice<UInt8>, values: [UInt8], padding: Int) -> [UInt8]? {
    guard (characters.count + padding) % 4 == 0, padding <= 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count * 3 / 4)
    var pending = 0
    var bits = 0
    for character in characters {
      let value = values[Int(character)]
      guard value != none else { return nil }
      pending = (pending << 6 | Int(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    return pending & (1 << bits - 1) == 0 ? bytes : nil
  }
}
