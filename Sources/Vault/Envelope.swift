/// What every sealed thing looks like: `version(1) ‖ suite(1) ‖ key id(4) ‖ nonce(12) ‖ ciphertext ‖
/// tag(16)`.
///
/// Version 1, suite 1 is AES-256-GCM. The key id says which key of its kind sealed it, big-endian.
///
/// - SeeAlso: `docs/formats/sealed-field.md`.
enum Envelope {
  static let version: UInt8 = 1
  static let suite: UInt8 = 1
  static let headerLength = 6
  private static let nonceRange = headerLength..<headerLength + Cipher.nonceLength
  /// Bytes beyond the text.
  static let overhead = headerLength + Cipher.nonceLength + Cipher.tagLength

  /// Seals with a fresh random nonce.
  static func seal(
    _ plain: UnsafeRawBufferPointer,
    key: UnsafeRawBufferPointer,
    keyID: UInt32,
    binding: UnsafeRawBufferPointer
  ) throws(VaultFault) -> [UInt8] {
    var sealed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: plain.count + overhead) { octets, count in
      let buffer = UnsafeMutableRawBufferPointer(octets)
      buffer[0] = version
      buffer[1] = suite
      buffer.storeBytes(of: keyID.bigEndian, toByteOffset: 2, as: UInt32.self)
      let nonce = UnsafeMutableRawBufferPointer(rebasing: buffer[nonceRange])
      let output = UnsafeMutableRawBufferPointer(
        rebasing: buffer[nonceRange.upperBound..<plain.count + overhead]
      )
      Sodium.fill(nonce)
      sealed = Cipher.seal(
        plain,
        key: key,
        nonce: UnsafeRawBufferPointer(nonce),
        binding: binding,
        to: output
      )
      count = plain.count + overhead
    }
    guard sealed else { throw .damaged }
    return bytes
  }

  /// Refuses, before any key is used, what is not version 1, suite 1 and long enough.
  static func keyID(_ bytes: [UInt8]) throws(VaultFault) -> UInt32 {
    guard bytes.count >= overhead, bytes[0] == version, bytes[1] == suite else { throw .damaged }
    return UInt32(bytes[2]) << 24 | UInt32(bytes[3]) << 16 | UInt32(bytes[4]) << 8 | UInt32(bytes[5])
  }

  /// Opens into a buffer that lives only as long as `body`; nil when the tag does not match.
  ///
  /// The caller has checked the header with ``keyID(_:)``.
  static func open<Opened>(
    _ bytes: [UInt8],
    key: UnsafeRawBufferPointer,
    binding: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Opened
  ) -> Opened? {
    // One byte at least, so that an empty text has an address too.
    withUnsafeTemporaryAllocation(byteCount: max(1, bytes.count - overhead), alignment: 16) { room in
      let output = UnsafeMutableRawBufferPointer(rebasing: room[..<(bytes.count - overhead)])
      return bytes.withUnsafeBytes { all in
        let nonce = UnsafeRawBufferPointer(rebasing: all[nonceRange])
        let sealed = UnsafeRawBufferPointer(rebasing: all[nonceRange.upperBound...])
        guard Cipher.open(sealed, key: key, nonce: nonce, binding: binding, to: output) else { return nil }
        return body(UnsafeRawBufferPointer(output))
      }
    }
  }
}
