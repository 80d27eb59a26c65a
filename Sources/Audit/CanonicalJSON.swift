/// A JSON value of the kinds that audit entries use: no floats, no booleans, no null.
package indirect enum CanonicalJSON: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case list([CanonicalJSON])
  /// In the order read.
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: CanonicalJSON
  }

  /// Reads canonical bytes; refuses (nil) everything that RFC 8785 would have written otherwise: spaces,
  /// other escapes, keys out of order or twice, other number spellings, bad UTF-8, anything after the end.
  package init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self), text.utf8.elementsEqual(bytes) else {
      return nil
    }
    var reader = Reader(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.isAtEnd, value.bytes == bytes, value.isSorted else {
      return nil
    }
    self = value
  }

  /// The member of an object; nil when there is none.
  package subscript(name: String) -> CanonicalJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var integer: Int? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The list, when all of it is strings.
  package var strings: [String]? {
    guard case .list(let items) = self else { return nil }
    let texts = items.compactMap(\.string)
    return texts.count == items.count ? texts : nil
  }

  private var bytes: [UInt8] {
    var writer = CanonicalWriter(capacity: 512)
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout CanonicalWriter) {
    switch self {
    case .string(let text): writer.string(text)
    case .integer(let number): writer.integer(number)
    case .list(let items):
      writer.begin("[")
      for item in items {
        writer.separate()
        item.write(to: &writer)
      }
      writer.end("]")
    case .object(let members):
      writer.begin("{")
      for member in members {
        writer.key(member.name)
        member.value.write(to: &writer)
      }
      writer.end("}")
    }
  }

  /// Keys rise by UTF-16 code units, as RFC 8785 §3.2.3 orders them, and none comes twice.
  private var isSorted: Bool {
    switch self {
    case .string, .integer: true
    case .list(let items): items.allSatisfy(\.isSorted)
    case .object(let members):
      zip(members, members.dropFirst()).allSatisfy { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        && members.allSatisfy(\.value.isSorted)
    }
  }
}

/// Reads leniently what ``CanonicalJSON`` then compares with its own spelling.
private struct Reader {
  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  mutating func value(depth: Int) -> CanonicalJSON? {
    guard depth < 8, let first = peek else { return nil }
    switch first {
    case UInt8(ascii: "\""): return string().map(CanonicalJSON.string)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "{"): return object(depth: depth)
    default: return integer()
    }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func list(depth: Int) -> CanonicalJSON? {
    guard take("[") else { return nil }
    if take("]") { return .list([]) }
    var items: [CanonicalJSON] = []
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while take(",")
    return take("]") ? .list(items) : nil
  }

  private mutating func object(depth: Int) -> CanonicalJSON? {
    guard take("{") else { return nil }
    if take("}") { return .object([]) }
    var members: [CanonicalJSON.Member] = []
    repeat {
      guard let name = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      members.append(CanonicalJSON.Member(name: name, value: value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func integer() -> CanonicalJSON? {
    let start = position
    _ = take("-")
    while let digit = peek, (0x30...0x39).contains(digit) { position += 1 }
    return Int(String(decoding: bytes[start..<position], as: UTF8.self)).map(CanonicalJSON.integer)
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape() else { return nil }
        text.append(escaped)
      default: text.append(byte)
      }
    }
    return nil
  }

  /// Only the escapes that RFC 8785 writes; all of them stand for one byte.
  private mutating func escape() -> UInt8? {
    guard let letter = peek else { return nil }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
      position += 4
      return UInt8(digits, radix: 16)
    default: return nil
    }
  }
}
