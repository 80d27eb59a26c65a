extension CBOR {
  /// Reads bytes that are one value and nothing else.
  ///
  /// Refuses (nil) every spelling but the canonical one: lengths that are not definite or numbers not in the
  /// shortest form, keys of a map out of order or twice, invalid UTF-8, other kinds of values, nesting deeper
  /// than ``deepest``.
  init?(_ bytes: [UInt8]) {
    var reader = CBORReader(bytes)
    guard let value = reader.value(), reader.isAtEnd else { return nil }
    self = value
  }
}

/// Reads canonical CBOR values one after the other; see ``CBOR/init(_:)`` for what it refuses.
struct CBORReader {
  private let input: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], from position: Int = 0) {
    input = bytes
    self.position = min(max(0, position), bytes.count)
  }

  var isAtEnd: Bool { position == input.count }

  mutating func value() -> CBOR? { value(depth: 1) }

  private mutating func value(depth: Int) -> CBOR? {
    guard let first = byte() else { return nil }
    switch first {
    case 0xF4: return .bool(false)
    case 0xF5: return .bool(true)
    case 0xF6: return .null
    default: break
    }
    guard let argument = argument(first & 0x1F) else { return nil }
    switch first >> 5 {
    case 0: return .unsigned(argument)
    case 1: return .negative(argument)
    case 2: return take(argument).map { .bytes(Array($0)) }
    case 3: return text(argument)
    case 4: return list(argument, depth: depth)
    case 5: return map(argument, depth: depth)
    default: return nil
    }
  }

  /// The number that goes with the first byte of a value: in that byte up to 23, else in the next 1, 2, 4 or
  /// 8.
  private mutating func argument(_ information: UInt8) -> UInt64? {
    if information < 24 { return UInt64(information) }
    guard information < 28, let bytes = take(1 << UInt64(information - 24)) else { return nil }
    let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let smallest: UInt64 = information == 24 ? 24 : 1 << (4 << (information - 24))
    return number >= smallest ? number : nil
  }

  private mutating func text(_ length: UInt64) -> CBOR? {
    guard let bytes = take(length), String(validating: bytes, as: UTF8.self) != nil else { return nil }
    return .text(Array(bytes))
  }

  private mutating func list(_ count: UInt64, depth: Int) -> CBOR? {
    guard depth <= CBOR.deepest, count <= UInt64(input.count - position) else { return nil }
    var items: [CBOR] = []
    for _ in 0..<count {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    }
    return .list(items)
  }

  private mutating func map(_ count: UInt64, depth: Int) -> CBOR? {
    guard depth <= CBOR.deepest, count <= UInt64(input.count - position) / 2 else { return nil }
    var pairs: [CBOR.Pair] = []
    var before: ArraySlice<UInt8>?
    for _ in 0..<count {
      let start = position
      guard let key = value(depth: depth + 1) else { return nil }
      let spelled = input[start..<position]
      if let before, !CBORReader.isInOrder(before, spelled) { return nil }
      before = spelled
      guard let value = value(depth: depth + 1) else { return nil }
      pairs.append(CBOR.Pair(key: key, value: value))
    }
    return .map(pairs)
  }

  /// CTAP 2.1 §8: first by major type, then the shorter before the longer, then byte by byte; never equal.
  static func isInOrder(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
    guard let first = one.first, let second = other.first else { return false }
    if first >> 5 != second >> 5 { return first >> 5 < second >> 5 }
    if one.count != other.count { return one.count < other.count }
    return one.lexicographicallyPrecedes(other)
  }

  private mutating func byte() -> UInt8? {
    guard position < input.count else { return nil }
    defer { position += 1 }
    return input[position]
  }

  private mutating func take(_ length: UInt64) -> ArraySlice<UInt8>? {
    guard length <= UInt64(input.count - position) else { return nil }
    let start = position
    position += Int(length)
    return input[start..<position]
  }
}
