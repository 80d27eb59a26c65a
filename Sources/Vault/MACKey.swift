import CSodium

/// A key for HMAC-SHA-256 (RFC 2104) with the part of the work that depends on the key alone done once.
struct MACKey: Sendable, Unprintable {
  /// Length of a full code, and of a derived key.
  static let length = 32

  private let keyed: crypto_auth_hmacsha256_state

  init(_ key: UnsafeRawBufferPointer) {
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key.octets, key.count)
    keyed = state
  }

  init(_ key: [UInt8]) {
    self = key.withUnsafeBytes { MACKey($0) }
  }

  /// Writes the 32 bytes of the code over `message` to `output`.
  func write(codeOf message: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer) {
    precondition(output.count == MACKey.length, "a code is 32 bytes")
    var state = keyed
    crypto_auth_hmacsha256_update(&state, message.octets, UInt64(message.count))
    crypto_auth_hmacsha256_final(&state, output.octets)
  }

  /// The first `length` bytes of the code over what `fill` writes.
  func code(length: Int = MACKey.length, _ fill: (inout Binding) -> Void) -> [UInt8] {
    let message = Binding.bytes(fill)
    return message.withUnsafeBytes { code(of: $0, length: length) }
  }

  func code(of message: UnsafeRawBufferPointer, length: Int = MACKey.length) -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: MACKey.length, alignment: 16) { output in
      write(codeOf: message, to: output)
      return Array(output.prefix(length))
    }
  }

  /// HKDF-Expand to 32 bytes: HMAC(key, info ‖ 0x01).
  ///
  /// No extract step, because the key is already uniformly random.
  ///
  /// - SeeAlso: RFC 5869 §2.3 and §3.3.
  func expanded(_ fill: (inout Binding) -> Void) -> [UInt8] {
    code { info in
      fill(&info)
      info.addByte(0x01)
    }
  }
}
