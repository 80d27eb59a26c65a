import Testing

@testable import Vault

/// Our wrappers against published vectors, so that a parameter changed by mistake shows.
struct CipherTests {
  /// The GCM specification (McGrew and Viega), test case 16.
  private let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
  private let nonce = bytes("cafebabefacedbaddecaf888")
  private let binding = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
  private let plain = bytes(
    """
    d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5
    aa0de657ba637b39
    """
  )
  private let sealed = bytes(
    """
    522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e63
    93ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b
    """
  )

  typealias Sealer = (
    UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer,
    UnsafeMutableRawBufferPointer
  ) -> Bool

  @Test func `the processor's and the portable code both match the published vector`() {
    let sealers: [Sealer] = [
      { Cipher.seal($0, key: $1, nonce: $2, binding: $3, to: $4) },
      { Cipher.sealPortably($0, key: $1, nonce: $2, binding: $3, to: $4) },
    ]
    for sealer in sealers {
      var output = [UInt8](repeating: 0, count: plain.count + 16)
      let done = output.withUnsafeMutableBytes { output in
        plain.withUnsafeBytes { plain in
          raw(key) { key in raw(nonce) { nonce in raw(binding) { sealer(plain, key, nonce, $0, output) } } }
        }
      }
      #expect(done)
      #expect(output == sealed)
    }
    let openers: [Sealer] = [
      { Cipher.open($0, key: $1, nonce: $2, binding: $3, to: $4) },
      { Cipher.openPortably($0, key: $1, nonce: $2, binding: $3, to: $4) },
    ]
    for opener in openers {
      for flip in 0..<sealed.count * 8 + 1 {
        var bytes = sealed
        if flip < sealed.count * 8 { bytes[flip / 8] ^= 1 << (flip % 8) }
        var output = [UInt8](repeating: 0, count: plain.count)
        let done = output.withUnsafeMutableBytes { output in
          bytes.withUnsafeBytes { sealed in
            raw(key) { key in raw(nonce) { nonce in raw(binding) { opener(sealed, key, nonce, $0, output) } }
            }
          }
        }
        #expect(done == (flip == sealed.count * 8))
        if done { #expect(output == plain) }
      }
    }
  }

  @Test func `HMAC matches RFC 4231`() {
    let code = raw(Array("what do ya want for nothing?".utf8)) { MACKey(Array("Jefe".utf8)).code(of: $0) }
    #expect(hex(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func `a derived key is HKDF-Expand's first block`() {
    // RFC 5869, test case 1, whose first 32 bytes are the first block.
    let key = MACKey(bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"))
    let info = bytes("f0f1f2f3f4f5f6f7f8f9")
    #expect(
      hex(key.expanded { $0.addWritten(info) })
        == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    )
  }

  @Test func `SHA-256 matches FIPS 180-4`() {
    #expect(
      "\(Hash32(of: Array("abc".utf8)))"
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
  }

  @Test func `two lists of parts never give the same bytes`() {
    let texts = ["", "a", "b", "ab", "\u{0}", "\u{0}\u{1}a", "\u{0}\u{0}"]
    var seen: [[UInt8]: [String]] = [:]
    for first in texts {
      for second in texts {
        for third in texts + ["-"] {
          let parts = third == "-" ? [first, second] : [first, second, third]
          let written = Binding.bytes { for part in parts { $0.add(part) } }
          #expect(seen[written] == nil, "\(parts) and \(seen[written] ?? [])")
          seen[written] = parts
        }
      }
    }
  }
}
