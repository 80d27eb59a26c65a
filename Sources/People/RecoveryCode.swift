import Vault

/// A code that takes the place of the app's code once, when the phone is lost; the password is still asked
/// for.
///
/// 120 random bits, so that a keyed hash is enough to keep of it (OWASP ASVS 6.5.2 asks for 112).
package struct RecoveryCode: Sendable, Unprintable {
  /// How many somebody gets at a time.
  package static let count = 10
  private static let length = 15

  /// 24 letters and digits of Crockford's base 32 in groups of four: `7K3M-…`.
  package let text: String
  /// What its hash is made of, however it was typed.
  package let bytes: [UInt8]

  /// A new one.
  package init() { self.init(bytes: randomBytes(RecoveryCode.length)) }

  /// Reads what was typed: small letters, spaces and dashes do not matter, O is 0, I and L are 1; refuses
  /// (nil) what no code can be.
  package init?(_ typed: String) {
    guard typed.utf8.count <= 100 else { return nil }
    let letters = typed.filter { !$0.isWhitespace && !"-–—_.".contains($0) }
    guard let bytes = Base32.crockford.decode(letters), bytes.count == RecoveryCode.length else { return nil }
    self.init(bytes: bytes)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    let letters = Array(Base32.crockford.encode(bytes))
    text = stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(
      separator: "-"
    )
  }
}
