/// A UUID, version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits, so that new rows sort last.
package struct Identifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A new identifier; `randomness` comes from the system's generator.
  package init(at instant: Instant) {
    var generator = SystemRandomNumberGenerator()
    let milliseconds =
      UInt64(max(0, instant.seconds)) &* 1_000 &+ UInt64.random(in: 0..<1_000, using: &generator)
    high = milliseconds << 16 | 0x7000 | generator.next() & 0x0FFF
    low = 0x8000_0000_0000_0000 | generator.next() >> 2
  }

  /// The second in which it was made, by the clock that made it.
  package var madeAt: Instant { Instant(seconds: Int64(high >> 16) / 1_000) }

  /// Sixteen bytes, big-endian.
  package init?(bytes: [UInt8]) { self.init(bytes: bytes[...]) }

  package init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count == 16 else { return nil }
    let words = bytes.withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
  }

  /// Reads the 36 characters of the canonical form, lower case.
  package init?(_ text: some StringProtocol) {
    var nibbles = 0
    var parts: (UInt64, UInt64) = (0, 0)
    var position = 0
    for byte in text.utf8 {
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == 0x2D else { return nil }
      } else {
        let value: UInt64
        switch byte {
        case 0x30...0x39: value = UInt64(byte - 0x30)
        case 0x61...0x66: value = UInt64(byte - 0x61 + 10)
        default: return nil
        }
        if nibbles < 16 { parts.0 = parts.0 << 4 | value } else { parts.1 = parts.1 << 4 | value }
        nibbles += 1
      }
      position += 1
    }
    guard position == 36 else { return nil }
    self.init(high: parts.0, low: parts.1)
  }

  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      for position in 0..<8 {
        buffer[position] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * position))
        buffer[8 + position] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * position))
      }
      count = 16
    }
  }

  package static func < (one: Identifier, other: Identifier) -> Bool {
    one.high != other.high ? one.high < other.high : one.low < other.low
  }

  package var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var at = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          buffer[at] = 0x2D
          at += 1
        }
        let word = nibble < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (nibble % 16))) & 0xF
        buffer[at] = value < 10 ? 0x30 + value : 0x57 + value
        at += 1
      }
      return 36
    }
  }
}
