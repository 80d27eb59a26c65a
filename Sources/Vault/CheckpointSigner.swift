import Crypto
import FoundationEssentials

/// Signs the checkpoints of one business's audit tree: Ed25519 (RFC 8032), signature type 0x01 of C2SP
/// signed-note.
package struct CheckpointSigner: Sendable, Unprintable {
  private let key: Curve25519.Signing.PrivateKey

  /// Takes the 32 bytes of an RFC 8032 private key, and refuses another length with ``VaultFault/damaged``.
  package init(seed: [UInt8]) throws(VaultFault) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw .damaged }
    self.key = key
  }

  package var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// 64 bytes; about 25 µs.
  package func signature(for message: [UInt8]) throws(VaultFault) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else { throw .damaged }
    return Array(signature)
  }

  /// The key others verify with, named.
  package func verificationKey(name: String) -> VerificationKey? {
    VerificationKey(name: name, publicKey: publicKey)
  }
}

/// A named Ed25519 public key as C2SP signed-note prints it: `<name>+<key id, hex>+<base64 of 0x01 ‖ key>`.
package struct VerificationKey: Hashable, Sendable {
  package let name: String
  package let publicKey: [UInt8]
  /// The first four bytes of SHA-256 over name, line feed, 0x01 and key.
  package let id: [UInt8]

  /// Refuses (nil) a name that is empty or holds a space, a `+` or a control character, and any other length
  /// than 32.
  package init?(name: String, publicKey: [UInt8]) {
    let isName = name.unicodeScalars.allSatisfy {
      !$0.properties.isWhitespace && $0 != "+" && $0.properties.generalCategory != .control
    }
    guard !name.isEmpty, isName, publicKey.count == 32 else { return nil }
    self.name = name
    self.publicKey = publicKey
    id = Array(Hash32(of: Array(name.utf8) + [0x0A, 0x01] + publicKey).bytes.prefix(4))
  }

  /// Reads the printed form; refuses (nil) any other type than 0x01 and an id that does not match.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard
      parts.count == 3,
      let key = Base64.decode(parts[2]), key.first == 0x01,
      let parsed = VerificationKey(name: String(parts[0]), publicKey: Array(key.dropFirst())),
      parsed.printedID == parts[1]
    else { return nil }
    self = parsed
  }

  package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: message)
  }

  private var printedID: String {
    id.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}

extension VerificationKey: CustomStringConvertible {
  package var description: String { "\(name)+\(printedID)+\(Base64.encode([0x01] + publicKey))" }
}
