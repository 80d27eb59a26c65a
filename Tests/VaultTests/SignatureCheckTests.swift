import Crypto
import Testing

@testable import Vault

struct SignatureCheckTests {
  /// RFC 8032 §7.1, tests 1 to 3.
  @Test(arguments: [
    (
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ])
  func `Ed25519 signatures are those of RFC 8032`(_ key: String, _ message: String, _ signature: String)
    throws
  {
    let check = try #require(SignatureCheck(ed25519: hex(key)))
    #expect(check.isValid(hex(signature), for: hex(message)))
    #expect(!check.isValid(hex(signature), for: hex(message) + [0]))
    #expect(!check.isValid(hex(signature) + [0], for: hex(message)))
    #expect(!check.isValid(Array(hex(signature).dropLast()), for: hex(message)))
    #expect(!check.isValid([], for: hex(message)))
  }

  /// The points whose order divides eight, also as they may be spelled otherwise: with them, signatures hold
  /// that nobody made.
  @Test(arguments: [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0200000000000000000000000000000000000000000000000000000000000000",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751", "",
  ])
  func `an Ed25519 key that is none is refused`(_ key: String) {
    #expect(SignatureCheck(ed25519: hex(key)) == nil)
  }

  @Test func `ECDSA signatures on P-256 hold for their message and key only`() throws {
    let message = Array("a message".utf8)
    let key = P256.Signing.PrivateKey()
    let check = try #require(p256(key))
    let signature = try key.signature(for: message)
    #expect(check.isValid(Array(signature.derRepresentation), for: message))
    #expect(!check.isValid(Array(signature.derRepresentation), for: message + [0]))
    #expect(!check.isValid(Array(signature.rawRepresentation), for: message), "64 bytes are not DER")
    let other = try #require(p256(P256.Signing.PrivateKey()))
    #expect(!other.isValid(Array(signature.derRepresentation), for: message))
  }

  @Test func `a P-256 key that is none is refused`() {
    let point = Array(P256.Signing.PrivateKey().publicKey.rawRepresentation)
    let (x, y) = (Array(point[..<32]), Array(point[32...]))
    var off = y
    off[31] ^= 1
    #expect(SignatureCheck(p256X: x, y: off) == nil, "not on the curve")
    #expect(
      SignatureCheck(p256X: [UInt8](repeating: 0, count: 32), y: [UInt8](repeating: 0, count: 32)) == nil
    )
    #expect(SignatureCheck(p256X: [UInt8](repeating: 0xFF, count: 32), y: y) == nil)
    #expect(SignatureCheck(p256X: Array(x.dropFirst()), y: y) == nil)
    #expect(SignatureCheck(p256X: [0] + x, y: y) == nil)
  }

  @Test func `an RSA key that is short or none is refused`() {
    let exponent: [UInt8] = [1, 0, 1]
    #expect(SignatureCheck(rsaModulus: [UInt8](repeating: 0xFF, count: 256), exponent: exponent) != nil)
    #expect(SignatureCheck(rsaModulus: [UInt8](repeating: 0xFF, count: 255), exponent: exponent) == nil)
    #expect(SignatureCheck(rsaModulus: [UInt8](repeating: 0xFF, count: 128), exponent: exponent) == nil)
    #expect(SignatureCheck(rsaModulus: [], exponent: exponent) == nil)
    #expect(SignatureCheck(rsaModulus: [UInt8](repeating: 0xFF, count: 256), exponent: []) == nil)
  }

  private func p256(_ key: P256.Signing.PrivateKey) -> SignatureCheck? {
    let point = Array(key.publicKey.rawRepresentation)
    return SignatureCheck(p256X: Array(point[..<32]), y: Array(point[32...]))
  }

  private func hex(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
  }
}
