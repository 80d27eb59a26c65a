package import Primitives
import Vault

/// A second factor by the clock: RFC 6238 with SHA-1, six digits and steps of 30 seconds, as every
/// authenticator app has it.
package struct TOTP: Sendable, Unprintable {
  package static let period = 30
  /// 160 bits, as RFC 4226 §4 recommends.
  package static let secretLength = 20

  private let secret: [UInt8]

  /// A new random secret.
  package init() { secret = randomBytes(TOTP.secretLength) }

  /// Reads the secret as it is shown and stored; refuses (nil) what is not base 32 or shorter than 160 bits.
  package init?(base32: String) {
    let typed = base32.filter { !$0.isWhitespace && $0 != "-" }
    guard let secret = Base32.standard.decode(typed), secret.count >= TOTP.secretLength else { return nil }
    self.secret = secret
  }

  /// 32 letters and digits, for typing into an app and for sealing.
  package var base32: String { Base32.standard.encode(secret) }

  /// The step that a moment lies in: whole periods since 1970.
  package static func step(at now: Instant) -> Int { Int(now.seconds) / period }

  /// The six digits of the step that `now` lies in.
  package func code(at now: Instant) -> String { code(step: TOTP.step(at: now)) }

  /// The step whose code was typed, to be stored so that it is used once; nil when the code is wrong.
  ///
  /// Takes the present step, the one before and the one after, for clocks that differ; never a step up to
  /// `lastUsed`. Always compares all three, in constant time.
  package func matchedStep(of typed: String, at now: Instant, lastUsed: Int?) -> Int? {
    let digits = Array(typed.filter { !$0.isWhitespace }.utf8)
    let present = TOTP.step(at: now)
    var matched: Int?
    for step in (present - 1)...(present + 1) {
      let isEqual = constantTimeEqual(Array(code(step: step).utf8), digits)
      if isEqual, step > lastUsed ?? -1 { matched = step }
    }
    return matched
  }

  /// What a QR code for the app says.
  ///
  /// `issuer` is the business's name; `account` is how the app labels it, usually the e-mail address.
  package func uri(issuer: String, account: String) -> String {
    let issuer = TOTP.percentEncoded(issuer)
    let label = "\(issuer):\(TOTP.percentEncoded(account))"
    return
      "otpauth://totp/\(label)?secret=\(base32)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=\(TOTP.period)"
  }

  private func code(step: Int) -> String { oneTimeCode(secret: secret, counter: UInt64(max(0, step))) }

  /// Everything but the unreserved characters of RFC 3986 §2.3.
  private static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
