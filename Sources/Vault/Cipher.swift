import CSodium
import Crypto
import FoundationEssentials

/// AES-256-GCM (NIST SP 800-38D) on bytes that the caller owns.
///
/// libsodium's, where the processor has AES instructions and this build of libsodium uses them: about 0.2 µs
/// for a short text. Else swift-crypto's, 1.5 to 2.3 µs. Both give the same bytes; a test holds them against
/// each other.
enum Cipher {
  static let keyLength = 32
  static let nonceLength = 12
  static let tagLength = 16

  static let usesProcessor = Sodium.ready && crypto_aead_aes256gcm_is_available() == 1

  /// Writes ciphertext and tag to `output`, which holds 16 bytes more than `plain`.
  static func seal(
    _ plain: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    nonce: UnsafeRawBufferPointer,
    binding: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    precondition(
      key.count == keyLength && nonce.count == nonceLength && output.count == plain.count + tagLength
    )
    guard usesProcessor else {
      return sealPortably(plain, key: key, nonce: nonce, binding: binding, to: output)
    }
    return crypto_aead_aes256gcm_encrypt(
      output.octets,
      nil,
      plain.octets,
      UInt64(plain.count),
      binding.octets,
      UInt64(binding.count),
      nil,
      nonce.octets,
      key.octets
    ) == 0
  }

  /// Writes the text to `output`, which is 16 bytes shorter than `sealed`; false and nothing useful written
  /// when the tag does not match.
  static func open(
    _ sealed: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    nonce: UnsafeRawBufferPointer,
    binding: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    precondition(
      key.count == keyLength && nonce.count == nonceLength && output.count == sealed.count - tagLength
    )
    guard usesProcessor else {
      return openPortably(sealed, key: key, nonce: nonce, binding: binding, to: output)
    }
    return crypto_aead_aes256gcm_decrypt(
      output.octets,
      nil,
      nil,
      sealed.octets,
      UInt64(sealed.count),
      binding.octets,
      UInt64(binding.count),
      nonce.octets,
      key.octets
    ) == 0
  }

  static func sealPortably(
    _ plain: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    nonce: UnsafeRawBufferPointer,
    binding: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard
      let nonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.seal(
        plain,
        using: SymmetricKey(data: key),
        nonce: nonce,
        authenticating: binding
      )
    else { return false }
    box.ciphertext.withUnsafeBytes { output.copyMemory(from: $0) }
    let tag = UnsafeMutableRawBufferPointer(rebasing: output[plain.count...])
    box.tag.withUnsafeBytes { tag.copyMemory(from: $0) }
    return true
  }

  static func openPortably(
    _ sealed: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    nonce: UnsafeRawBufferPointer,
    binding: UnsafeRawBufferPointer,
    to output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let end = sealed.count - tagLength
    guard
      let nonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.SealedBox(
        nonce: nonce,
        ciphertext: UnsafeRawBufferPointer(rebasing: sealed[..<end]),
        tag: UnsafeRawBufferPointer(rebasing: sealed[end...])
      ),
      let plain = try? AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: binding)
    else { return false }
    plain.withUnsafeBytes { output.copyMemory(from: $0) }
    return true
  }
}

extension UnsafeRawBufferPointer {
  /// The address as C wants it.
  ///
  /// A buffer without one never comes here: strings and the stack always give one.
  var octets: UnsafePointer<UInt8> {
    guard let baseAddress else { preconditionFailure("a buffer without an address") }
    return baseAddress.assumingMemoryBound(to: UInt8.self)
  }
}

extension UnsafeMutableRawBufferPointer {
  /// As above, to be written to.
  var octets: UnsafeMutablePointer<UInt8> {
    guard let baseAddress else { preconditionFailure("a buffer without an address") }
    return baseAddress.assumingMemoryBound(to: UInt8.self)
  }
}
