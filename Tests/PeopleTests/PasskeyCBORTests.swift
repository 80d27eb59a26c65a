import TestKit
import Testing

@testable import People

/// The spelling of values; examples from RFC 8949 appendix A.
struct PasskeyCBORTests {
  @Test(
    arguments: [
      ([0x00], CBOR.unsigned(0)), ([0x17], 23), ([0x18, 0x18], 24), ([0x18, 0xFF], 255),
      ([0x19, 0x01, 0x00], 256),
      ([0x1A, 0x00, 0x0F, 0x42, 0x40], 1_000_000),
      ([0x1B, 0x00, 0x00, 0x00, 0xE8, 0xD4, 0xA5, 0x10, 0x00], 1_000_000_000_000),
      ([0x1B] + [UInt8](repeating: 0xFF, count: 8), .unsigned(.max)),
      ([0x3B] + [UInt8](repeating: 0xFF, count: 8), .negative(.max)),
      ([0x20], -1), ([0x38, 0x63], -100), ([0x39, 0x03, 0xE7], -1_000),
      ([0x40], .bytes([])), ([0x44, 1, 2, 3, 4], .bytes([1, 2, 3, 4])),
      ([0x60], CBOR("")), ([0x62, 0x22, 0x5C], CBOR("\"\\")), ([0x62, 0xC3, 0xBC], CBOR("\u{FC}")),
      ([0x80], .list([])), ([0x83, 1, 2, 3], .list([1, 2, 3])), ([0xF4], .bool(false)), ([0xF5], .bool(true)),
      ([0xF6], .null), ([0xA0], .map([])),
      ([0xA2, 1, 2, 3, 4], .map([.init(key: 1, value: 2), .init(key: 3, value: 4)])),
    ] as [([UInt8], CBOR)]
  )
  func `values are spelled as RFC 8949 has them`(_ bytes: [UInt8], _ value: CBOR) {
    #expect(CBOR(bytes) == value)
    #expect(value.encoded == bytes)
  }

  @Test(
    arguments: [
      ("nothing", []), ("two values", [0x00, 0x00]), ("a length cut off", [0x18]),
      ("bytes cut off", [0x42, 0x00]),
      ("23 in two bytes", [0x18, 0x17]), ("255 in three bytes", [0x19, 0x00, 0xFF]),
      ("65,535 in five bytes", [0x1A, 0x00, 0x00, 0xFF, 0xFF]),
      ("2^32 - 1 in nine bytes", [0x1B, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
      ("a length not in the shortest form", [0x58, 0x01, 0x00]),
      ("bytes in pieces", [0x5F, 0x41, 0x00, 0xFF]),
      ("a text in pieces", [0x7F, 0x61, 0x61, 0xFF]), ("a list without a length", [0x9F, 0xFF]),
      ("a map without a length", [0xBF, 0xFF]), ("a break", [0xFF]), ("reserved information", [0x1C]),
      ("invalid UTF-8", [0x61, 0xFF]), ("half a surrogate pair", [0x63, 0xED, 0xA0, 0x80]),
      ("a float of two bytes", [0xF9, 0x3C, 0x00]),
      ("a float of eight bytes", [0xFB, 0, 0, 0, 0, 0, 0, 0, 0]),
      ("undefined", [0xF7]), ("a simple value", [0xE0]), ("a simple value in two bytes", [0xF8, 0xFF]),
      ("a tag", [0xC0, 0x60]), ("a key twice", [0xA2, 1, 1, 1, 1]),
      ("keys out of order", [0xA2, 2, 0, 1, 0]),
      ("a longer key first", [0xA2, 0x62, 0x61, 0x61, 0, 0x61, 0x62, 0]),
      ("a negative key before a positive one", [0xA2, 0x20, 0, 0x01, 0]),
      ("a key without a value", [0xA1, 0x01]),
      ("a list of 2^64 - 1", [0x9B] + [UInt8](repeating: 0xFF, count: 8)),
      ("a map of 2^63", [0xBB, 0x80, 0, 0, 0, 0, 0, 0, 0]),
      ("bytes of 2^64 - 1", [0x5B] + [UInt8](repeating: 0xFF, count: 8)),
      ("nested nine deep", [UInt8](repeating: 0x81, count: 9) + [0x00]),
      ("nested a million deep", [UInt8](repeating: 0x81, count: 1_000_000)),
    ] as [(String, [UInt8])]
  )
  func `everything but the canonical spelling is refused`(_ what: String, _ bytes: [UInt8]) {
    #expect(CBOR(bytes) == nil, "\(what)")
  }

  @Test func `nesting is read as deep as it may be`() {
    #expect(CBOR([UInt8](repeating: 0x81, count: CBOR.deepest) + [0x00]) != nil)
  }

  @Test func `every value that can be written is read again, and not when cut short or followed by more`() {
    var random = SeededGenerator(4)
    for _ in 0..<2_000 {
      let value = value(depth: 0, &random)
      let bytes = value.encoded
      #expect(CBOR(bytes)?.encoded == bytes)
      #expect(CBOR(bytes + [0x00]) == nil)
      for length in Set([0, bytes.count / 2, bytes.count - 1]) {
        #expect(CBOR(Array(bytes[..<length])) == nil)
      }
    }
  }

  @Test func `bytes that are read have no second spelling`() {
    var random = SeededGenerator(5)
    var read = 0
    for _ in 0..<2_000 {
      var bytes = value(depth: 0, &random).encoded
      bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      guard let value = CBOR(bytes) else { continue }
      read += 1
      #expect(value.encoded == bytes)
    }
    #expect(read > 100)
  }

  private func value(depth: Int, _ random: inout SeededGenerator) -> CBOR {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &random) {
    case 0: return .unsigned(number(&random))
    case 1: return .negative(number(&random))
    case 2: return .bytes((0..<Int.random(in: 0..<300, using: &random)).map { UInt8(truncatingIfNeeded: $0) })
    case 3: return CBOR(String(repeating: "\u{E9}\u{1F511}a", count: Int.random(in: 0..<70, using: &random)))
    case 4: return .bool(Bool.random(using: &random))
    case 5: return .null
    case 6:
      return .list((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth: depth + 1, &random) })
    default:
      let keys = Set((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth: 4, &random) })
      return .map(keys.map { CBOR.Pair(key: $0, value: value(depth: depth + 1, &random)) })
    }
  }

  /// Of any length from one to 64 bits.
  private func number(_ random: inout SeededGenerator) -> UInt64 {
    UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0..<64, using: &random)
  }
}
