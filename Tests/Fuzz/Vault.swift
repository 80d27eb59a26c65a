// Stands in for the room of this name in the fuzzer's program, so that parsing is fuzzed and not
// cryptography: the hash is the one of `example.org`, whatever is hashed, and every signature holds. `Base64`
// is the real one.

package struct Hash32 {
  package let bytes: [UInt8]

  package init(of bytes: [UInt8]) {
    self.bytes = [
      0xbf, 0xab, 0xc3, 0x74, 0x32, 0x95, 0x8b, 0x06, 0x33, 0x60, 0xd3, 0xad, 0x64, 0x61, 0xc9, 0xc4, 0x73,
      0x5a, 0xe7, 0xf8, 0xed, 0xd4, 0x65, 0x92, 0xa5, 0xe0, 0xf0, 0x14, 0x52, 0xb2, 0xe4, 0xb5,
    ]
  }
}

package struct SignatureCheck {
  package init?(p256X x: [UInt8], y: [UInt8]) {}
  package init?(ed25519 point: [UInt8]) {}
  package init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {}

  package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool { true }
}

package func constantTimeEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool { one == other }
