/// A JSON value (RFC 8259) as it came from outside.
///
/// Texts are their UTF-8 bytes, because strings in Swift are equal when they only look alike.
indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Spelled as RFC 8259 §6 has it. Nothing here is read from a number.
  case number
  case text([UInt8])
  case list([JSONValue])
  case object([Member])

  struct Member: Hashable, Sendable {
    let name: [UInt8]
    let value: JSONValue
  }

  /// The deepest nesting that is read.
  static let deepest = 8

  /// Refuses (nil) what RFC 8259 does not allow, names given twice in one object, half surrogate pairs,
  /// invalid UTF-8, nesting deeper than ``deepest`` and anything after the end.
  init?(_ bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var reader = JSONReader(bytes)
    guard let value = reader.wholeValue() else { return nil }
    self = value
  }

  /// The member of an object; nil when there is none or when it is null, which browsers write for what they
  /// do not know.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    let member = members.first { $0.name.elementsEqual(name.utf8) }
    return member?.value == .null ? nil : member?.value
  }

  var text: [UInt8]? {
    if case .text(let text) = self { text } else { nil }
  }

  var isObject: Bool {
    if case .object = self { true } else { false }
  }
}
