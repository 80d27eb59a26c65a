/// Fields of `application/x-www-form-urlencoded`, as typed. The first of repeated names counts.
struct Form: Sendable {
  private let fields: [String: String]

  init(query: String) {
    var fields: [String: String] = [:]
    for pair in query.utf8.split(separator: UInt8(ascii: "&")).prefix(200) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Form.decoded(parts[0])
      if fields[name] == nil { fields[name] = parts.count > 1 ? Form.decoded(parts[1]) : "" }
    }
    self.fields = fields
  }

  private init(_ fields: [String: String]) { self.fields = fields }

  subscript(_ name: String) -> String? { fields[name] }

  /// Nil when missing or empty.
  func filled(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// The same without these fields.
  func without(_ names: [String]) -> Form { Form(fields.filter { !names.contains($0.key) }) }

  /// Every field, in the order of their names.
  var all: [(name: String, value: String)] {
    fields.map { (name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The fields whose names begin with `prefix`, the prefix left out.
  func named(_ prefix: String) -> [String: String] {
    var found: [String: String] = [:]
    for (name, value) in fields where name.hasPrefix(prefix) {
      found[String(name.dropFirst(prefix.count))] = value
    }
    return found
  }

  private static func decoded(_ text: Substring.UTF8View.SubSequence) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        let pair = rest.prefix(2).map(nibble)
        if pair.count == 2, let high = pair[0], let low = pair[1] {
          bytes.append(high << 4 | low)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(byte)
        }
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
