import CSodium
import Crypto
import CryptoExtras

/// Somebody else's public key, to check signatures with: the three algorithms that passkeys sign by.
package struct SignatureCheck: Sendable {
  private enum Key: Sendable {
    case p256(P256.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
    case rsa(_RSA.Signing.PublicKey)
  }

  private let key: Key

  /// ECDSA on P-256 with SHA-256 (FIPS 186-5), by the two coordinates of 32 bytes, big-endian. Refuses (nil)
  /// a point that is not on the curve.
  package init?(p256X x: [UInt8], y: [UInt8]) {
    guard
      x.count == 32, y.count == 32, let key = try? P256.Signing.PublicKey(x963Representation: [0x04] + x + y)
    else { return nil }
    self.key = .p256(key)
  }

  /// Ed25519 (RFC 8032). Refuses (nil) another length than 32 bytes, and points for which signatures hold
  /// that nobody made: not on the curve, of a small order, not canonical.
  package init?(ed25519 point: [UInt8]) {
    guard
      point.count == 32, crypto_core_ed25519_is_valid_point(point) == 1,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: point)
    else { return nil }
    self.key = .ed25519(key)
  }

  /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2), by modulus and exponent, big-endian. Refuses (nil)
  /// moduli shorter than 2,048 bits and numbers that are no RSA key.
  package init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {
    guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else { return nil }
    self.key = .rsa(key)
  }

  /// P-256 signatures are in DER, Ed25519 ones 64 bytes, RSA ones as long as the modulus. Anything else is
  /// false.
  package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    switch key {
    case .p256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else {
        return false
      }
      return key.isValidSignature(signature, for: message)
    case .ed25519(let key): return key.isValidSignature(signature, for: message)
    case .rsa(let key):
      let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
      return key.isValidSignature(signature, for: message, padding: .insecurePKCS1v1_5)
    }
  }
}
