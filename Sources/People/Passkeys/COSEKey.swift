import Vault

/// A public key as authenticators give it: a COSE_Key (RFC 9052 §7) of one of the three algorithms that are
/// asked for.
enum COSEKey: Hashable, Sendable {
  /// ECDSA on P-256 with SHA-256, by its point. Algorithm -7.
  case es256(x: [UInt8], y: [UInt8])
  /// Ed25519. Algorithm -8.
  case edDSA([UInt8])
  /// RSASSA-PKCS1-v1_5 with SHA-256 and the public exponent 65,537, by its modulus. Algorithm -257.
  case rs256([UInt8])

  /// Lengths of RSA moduli that are taken, in bits.
  static let modulusBits = 2_048...4_096
  private static let exponent: [UInt8] = [0x01, 0x00, 0x01]

  /// Refuses (nil) other algorithms, curves and exponents, compressed points, numbers of another length or
  /// with leading zeros, and any parameter that WebAuthn §6.5.1 does not ask for. Whether a point lies on its
  /// curve is found out by ``signatureCheck``.
  init?(_ key: CBOR) {
    switch key[3] {
    case CBOR(-7):
      guard
        key.keys == [1, 3, -1, -2, -3], key[1] == 2, key[-1] == 1, let x = key[-2]?.bytes,
        let y = key[-3]?.bytes,
        x.count == 32, y.count == 32
      else { return nil }
      self = .es256(x: x, y: y)
    case CBOR(-8):
      guard
        key.keys == [1, 3, -1, -2], key[1] == 1, key[-1] == 6, let point = key[-2]?.bytes, point.count == 32
      else { return nil }
      self = .edDSA(point)
    case CBOR(-257):
      guard
        key.keys == [1, 3, -1, -2], key[1] == 3, let modulus = key[-1]?.bytes, let last = modulus.last,
        key[-2]?.bytes == COSEKey.exponent, COSEKey.modulusBits.contains(COSEKey.bits(modulus)), last & 1 == 1
      else { return nil }
      self = .rs256(modulus)
    default: return nil
    }
  }

  /// The canonical spelling.
  var encoded: [UInt8] { cbor.encoded }

  /// Nil when the numbers are no key.
  var signatureCheck: SignatureCheck? {
    switch self {
    case .es256(let x, let y): SignatureCheck(p256X: x, y: y)
    case .edDSA(let point): SignatureCheck(ed25519: point)
    case .rs256(let modulus): SignatureCheck(rsaModulus: modulus, exponent: COSEKey.exponent)
    }
  }

  private var cbor: CBOR {
    switch self {
    case .es256(let x, let y):
      .map([
        .init(key: 1, value: 2), .init(key: 3, value: -7), .init(key: -1, value: 1),
        .init(key: -2, value: .bytes(x)),
        .init(key: -3, value: .bytes(y)),
      ])
    case .edDSA(let point):
      .map([
        .init(key: 1, value: 1), .init(key: 3, value: -8), .init(key: -1, value: 6),
        .init(key: -2, value: .bytes(point)),
      ])
    case .rs256(let modulus):
      .map([
        .init(key: 1, value: 3), .init(key: 3, value: -257), .init(key: -1, value: .bytes(modulus)),
        .init(key: -2, value: .bytes(COSEKey.exponent)),
      ])
    }
  }

  /// Zero for a number that begins with a zero.
  private static func bits(_ number: [UInt8]) -> Int {
    guard let first = number.first, first > 0 else { return 0 }
    return number.count * 8 - first.leadingZeroBitCount
  }
}

extension CBOR: ExpressibleByIntegerLiteral {
  init(integerLiteral number: Int) { self.init(number) }
}
