/// Five bits to a character, without padding.
package struct Base32: Sendable {
  private let alphabet: [UInt8]
  /// Characters people type for others, upper case.
  private let aliases: [UInt8: UInt8]

  /// RFC 4648 §6, as authenticator apps read it.
  package static let standard = Base32(alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", aliases: [:])
  /// Crockford's, for people who read aloud and type: O is 0, I and L are 1.
  package static let crockford = Base32(
    alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
    aliases: ["O": "0", "I": "1", "L": "1"]
  )

  private init(alphabet: String, aliases: [Unicode.Scalar: Unicode.Scalar]) {
    self.alphabet = Array(alphabet.utf8)
    self.aliases = Dictionary(uniqueKeysWithValues: aliases.map { (UInt8(ascii: $0), UInt8(ascii: $1)) })
  }

  package func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    var pending = 0
    var bits = 0
    for byte in bytes {
      pending = (pending << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[pending >> bits & 31])
      }
    }
    if bits > 0 { text.append(alphabet[pending << (5 - bits) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whole bytes; refuses (nil) characters outside the alphabet and left-over bits that are not zero.
  package func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var pending = 0
    var bits = 0
    for character in tidied(text).utf8 {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      pending = (pending << 5 | value) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    guard bits < 5, pending & (1 << bits - 1) == 0 else { return nil }
    return bytes
  }

  /// Upper case, with what people type for others replaced.
  package func tidied(_ text: some StringProtocol) -> String {
    String(decoding: text.uppercased().utf8.map { aliases[$0] ?? $0 }, as: UTF8.self)
  }
}
