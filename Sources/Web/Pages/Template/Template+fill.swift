import NIOCore

extension Template {
  /// Writes the page.
  ///
  /// `unknown`: gets every name the template asks for and the model does not have; such a value is
  /// written as
  ///   nothing. Tests expect none.
  func fill(_ model: Filling, into buffer: inout ByteBuffer, unknown: inout Set<String>) {
    var writer = TemplateWriter(stack: [model])
    writer.write(pieces, into: &buffer)
    unknown.formUnion(writer.unknown)
  }
}

private struct TemplateWriter {
  /// The innermost section last.
  var stack: [Filling]
  var unknown: Set<String> = []

  mutating func write(_ pieces: [Template.Piece], into buffer: inout ByteBuffer) {
    for piece in pieces {
      switch piece {
      case .text(let bytes): buffer.writeBytes(bytes)
      case .value(let path):
        if case .text(let text) = find(path) { buffer.writeEscaped(text) }
      case .section(let path, let inner):
        switch find(path) {
        case .nothing, .flag(false): break
        case .flag(true): write(inner, into: &buffer)
        case .list(let list): for item in list.items { write(inner, with: item, into: &buffer) }
        case let value: write(inner, with: value, into: &buffer)
        }
      case .otherwise(let path, let inner):
        switch find(path) {
        case .nothing, .flag(false): write(inner, into: &buffer)
        case .list(let list) where list.items.isEmpty: write(inner, into: &buffer)
        default: break
        }
      }
    }
  }

  private mutating func write(_ pieces: [Template.Piece], with item: Filling, into buffer: inout ByteBuffer) {
    stack.append(item)
    write(pieces, into: &buffer)
    stack.removeLast()
  }

  private mutating func find(_ path: TemplatePath) -> Filling {
    guard let first = path.names.first else { return stack.last ?? .nothing }
    for scope in stack.reversed() {
      guard case .record(let record) = scope, var found = record[first] else { continue }
      for name in path.names.dropFirst() {
        guard case .record(let inner) = found else { return .nothing }
        guard let next = inner[name] else { return missing(path) }
        found = next
      }
      return found
    }
    return missing(path)
  }

  private mutating func missing(_ path: TemplatePath) -> Filling {
    unknown.insert(path.text)
    return .nothing
  }
}

extension ByteBuffer {
  /// `&`, `<`, `>` and both quotes as references, so that text stays text in elements and in quoted
  /// attributes.
  mutating func writeEscaped(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      var from = 0
      for at in 0..<utf8.count {
        let reference: StaticString
        switch utf8[at] {
        case UInt8(ascii: "&"): reference = "&amp;"
        case UInt8(ascii: "<"): reference = "&lt;"
        case UInt8(ascii: ">"): reference = "&gt;"
        case UInt8(ascii: "\""): reference = "&quot;"
        case UInt8(ascii: "'"): reference = "&#39;"
        // Control characters have no place in HTML (NUL above all); tab and line ends do.
        case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F: reference = "\u{FFFD}"
        default: continue
        }
        writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[from..<at]))
        writeStaticString(reference)
        from = at + 1
      }
      writeBytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(utf8)[from...]))
    }
  }
}
