/// Reads one JSON value from bytes that are valid UTF-8.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Nil when it is not JSON as ``JSONValue/init(_:)`` takes it.
  mutating func wholeValue() -> JSONValue? {
    guard let value = value(depth: 1) else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    switch peek {
    case UInt8(ascii: "\""): return text().map(JSONValue.text)
    case UInt8(ascii: "{"): return depth > JSONValue.deepest ? nil : object(depth: depth)
    case UInt8(ascii: "["): return depth > JSONValue.deepest ? nil : list(depth: depth)
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number() ? .number : nil
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    position += 1
    skipSpace()
    if take("}") { return .object([]) }
    var members: [JSONValue.Member] = []
    var names: Set<[UInt8]> = []
    repeat {
      skipSpace()
      guard let name = text(), names.insert(name).inserted else { return nil }
      skipSpace()
      guard take(":"), let value = value(depth: depth + 1) else { return nil }
      members.append(JSONValue.Member(name: name, value: value))
      skipSpace()
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func list(depth: Int) -> JSONValue? {
    position += 1
    skipSpace()
    if take("]") { return .list([]) }
    var items: [JSONValue] = []
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
      skipSpace()
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private mutating func text() -> [UInt8]? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"):
        guard let scalar = escaped() else { return nil }
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard let letter = peek else { return nil }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "u"): return escapedUnit()
    default: return nil
    }
  }

  /// A scalar outside the basic plane comes as two units, high before low.
  private mutating func escapedUnit() -> Unicode.Scalar? {
    guard let unit = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
    guard take("\\u"), let low = self.unit(), (0xDC00..<0xE000).contains(low) else { return nil }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
  }

  private mutating func unit() -> UInt32? {
    guard bytes.count - position >= 4 else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = JSONReader.hexadecimal(byte) else { return nil }
      unit = unit << 4 | digit
    }
    position += 4
    return unit
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x41 + 10
    case 0x61...0x66: UInt32(byte) - 0x61 + 10
    default: nil
    }
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0"), !digits() { return false }
    if take("."), !digits() { return false }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      return digits()
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ token: StaticString) -> Bool {
    let length = token.utf8CodeUnitCount
    guard bytes.count - position >= length else { return false }
    let isThere = token.withUTF8Buffer { bytes[position..<position + length].elementsEqual($0) }
    if isThere { position += length }
    return isThere
  }
}
