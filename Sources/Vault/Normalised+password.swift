import Crypto
import Foundation

extension Normalised {
  /// NFC and nothing else, since keyboards compose accents differently (NIST SP 800-63B-4 §3.1.1.2).
  package static func password(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }
}

/// How others' lists of breached passwords name one. Nothing of ours rests on SHA-1.
package enum BreachDigest {
  /// 40 upper-case hexadecimal digits: SHA-1 (FIPS 180-4) over the password in NFC, as UTF-8.
  package static func sha1(of password: String) -> String {
    Insecure.SHA1.hash(data: Array(Normalised.password(password).utf8)).map { byte in
      let text = String(byte, radix: 16, uppercase: true)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
