import Crypto

/// HOTP (RFC 4226): six decimal digits from HMAC-SHA-1 over a counter.
///
/// SHA-1 because authenticator apps know nothing else for sure; as a MAC it is not broken.
package func oneTimeCode(secret: [UInt8], counter: UInt64) -> String {
  let message = withUnsafeBytes(of: counter.bigEndian) { Array($0) }
  let code = HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret))
  let bytes = code.withUnsafeBytes { Array($0) }
  let offset = Int(bytes[19] & 0x0F)
  let number = bytes[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
  let digits = String(number % 1_000_000)
  return String(repeating: "0", count: 6 - digits.utf8.count) + digits
}

/// Random bytes from the system's generator, for secrets made outside this room.
package func randomBytes(_ count: Int) -> [UInt8] { Sodium.randomBytes(count) }
