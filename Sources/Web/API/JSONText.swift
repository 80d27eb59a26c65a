import Hummingbird
import NIOCore

/// JSON written straight into the answer's buffer: no tree, no reflection, keys in the order written.
struct JSONText {
  private(set) var buffer: ByteBuffer
  private var needsComma = false

  init(capacity: Int = 512) { buffer = ByteBufferAllocator().buffer(capacity: capacity) }

  mutating func object(_ key: StaticString? = nil, _ body: (inout JSONText) throws -> Void) rethrows {
    begin(key)
    write("{")
    needsComma = false
    try body(&self)
    write("}")
    needsComma = true
  }

  mutating func array<Items: Sequence>(
    _ key: StaticString? = nil,
    _ items: Items,
    _ each: (inout JSONText, Items.Element) throws -> Void
  ) rethrows {
    begin(key)
    write("[")
    needsComma = false
    for item in items { try each(&self, item) }
    write("]")
    needsComma = true
  }

  mutating func field(_ key: StaticString, _ value: String) {
    begin(key)
    string(value)
  }

  mutating func field(_ key: StaticString, _ value: String?) {
    if let value { field(key, value) }
  }

  mutating func field(_ key: StaticString, _ value: Int) {
    begin(key)
    buffer.writeString(String(value))
  }

  mutating func field(_ key: StaticString, _ value: Bool) {
    begin(key)
    write(value ? "true" : "false")
  }

  mutating func item(_ value: String) {
    begin(nil)
    string(value)
  }

  mutating func item(_ value: Int) {
    begin(nil)
    buffer.writeString(String(value))
  }

  /// Text that is known to need no escape: instants, slugs, identifiers.
  mutating func field(_ key: StaticString, plain bytes: some Sequence<UInt8>) {
    begin(key)
    write("\"")
    buffer.writeBytes(bytes)
    write("\"")
  }

  private mutating func begin(_ key: StaticString?) {
    if needsComma { write(",") }
    needsComma = true
    if let key {
      write("\"")
      write(key)
      write("\":")
    }
  }

  private mutating func write(_ text: StaticString) { buffer.writeStaticString(text) }

  /// RFC 8259 §7, and `<` escaped as well, so that no JSON ever closes a script element.
  private mutating func string(_ text: String) {
    write("\"")
    var text = text
    let isPlain = text.withUTF8 { utf8 in
      utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x3C }
    }
    if isPlain {
      buffer.writeString(text)
    } else {
      for byte in text.utf8 {
        switch byte {
        case 0x22: write("\\\"")
        case 0x5C: write("\\\\")
        case 0x0A: write("\\n")
        case 0x3C, 0x00...0x1F:
          buffer.writeString("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
        default: buffer.writeInteger(byte)
        }
      }
    }
    write("\"")
  }
}

extension Response {
  static func json(
    _ status: HTTPResponse.Status = .ok,
    personal: Bool = false,
    type: String = "application/json",
    _ body: (inout JSONText) -> Void
  ) -> Response {
    var json = JSONText()
    json.object(nil, body)
    var response = Response(
      status: status,
      headers: [.contentType: type],
      body: .init(byteBuffer: json.buffer)
    )
    // Answers about free times age at once; personal ones must be kept nowhere.
    response.headers[.cacheControl] = personal ? "no-store" : "no-cache"
    return response
  }
}
