import Crypto

/// The 32 bytes of a SHA-256 (FIPS 180-4).
package struct Hash32: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  package init(of bytes: [UInt8]) {
    self.init(SHA256.hash(data: bytes))
  }

  /// Over a byte that says what kind of thing follows, and the thing.
  package init(of kind: UInt8, _ bytes: [UInt8]) {
    var hasher = SHA256()
    withUnsafeBytes(of: kind) { hasher.update(bufferPointer: $0) }
    hasher.update(data: bytes)
    self.init(hasher.finalize())
  }

  /// Over a byte that says what kind of thing follows, and two hashes.
  package init(of kind: UInt8, _ left: Hash32, _ right: Hash32) {
    self = withUnsafeTemporaryAllocation(byteCount: 65, alignment: 16) { buffer in
      buffer[0] = kind
      let (first, second) = (buffer[1..<33], buffer[33...])
      withUnsafeBytes(of: left.words) { UnsafeMutableRawBufferPointer(rebasing: first).copyMemory(from: $0) }
      withUnsafeBytes(of: right.words) {
        UnsafeMutableRawBufferPointer(rebasing: second).copyMemory(from: $0)
      }
      return Hash32(SHA256.hash(data: UnsafeRawBufferPointer(buffer)))
    }
  }

  /// Refuses (nil) any other length than 32.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    self.init(copying: Array(bytes))
  }

  private init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
  }

  private init(copying bytes: [UInt8]) {
    words = bytes.withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
  }

  package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  package static func == (one: Hash32, other: Hash32) -> Bool { one.words == other.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}

extension Hash32: CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  package var description: String {
    bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
