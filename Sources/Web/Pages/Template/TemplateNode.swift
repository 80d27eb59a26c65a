/// What stands in one template file.
indirect enum TemplateNode: Sendable {
  case text([UInt8])
  case value(TemplatePath)
  case section(TemplatePath, [TemplateNode])
  case otherwise(TemplatePath, [TemplateNode])
  /// A place that other templates may fill, and what stands there otherwise.
  case block(String, [TemplateNode])
  case partial(String)
  case parent(String, blocks: [String: [TemplateNode]])

  /// Reads one file.
  ///
  /// A tag that opens, closes, includes or comments and stands alone on its line takes the line with it.
  static func read(_ bytes: [UInt8], named name: String) throws(TemplateFault) -> [TemplateNode] {
    var reader = TemplateReader(bytes: bytes, template: name)
    return try reader.nodes(until: nil)
  }
}

private struct TemplateReader {
  let bytes: [UInt8]
  let template: String
  private var at = 0

  init(bytes: [UInt8], template: String) {
    self.bytes = bytes
    self.template = template
  }

  private struct Tag {
    /// `#`, `^`, `/`, `<`, `$`, `>`, `!`; nil for a value.
    let sigil: Unicode.Scalar?
    let name: String
    let start: Int
    let end: Int
  }

  /// Reads up to the tag that closes `open`, or to the end of the file.
  mutating func nodes(until open: String?) throws(TemplateFault) -> [TemplateNode] {
    var nodes: [TemplateNode] = []
    while let tag = try nextTag() {
      let line = tag.sigil == nil ? nil : loneLine(of: tag)
      let textEnd = max(at, line?.lowerBound ?? tag.start)
      if textEnd > at { nodes.append(.text(Array(bytes[at..<textEnd]))) }
      at = line?.upperBound ?? tag.end
      switch tag.sigil {
      case nil: nodes.append(.value(TemplatePath(tag.name)))
      case "#": nodes.append(.section(TemplatePath(tag.name), try self.nodes(until: tag.name)))
      case "^": nodes.append(.otherwise(TemplatePath(tag.name), try self.nodes(until: tag.name)))
      case "$": nodes.append(.block(tag.name, try self.nodes(until: tag.name)))
      case ">": nodes.append(.partial(tag.name))
      case "<": nodes.append(.parent(tag.name, blocks: try blocks(of: tag.name)))
      case "/":
        guard tag.name == open else {
          throw fault("{{/\(tag.name)}} closes \(open.map { "{{\($0)}}" } ?? "nothing")")
        }
        return nodes
      default: break
      }
    }
    guard open == nil else { throw fault("{{\(open ?? "")}} is not closed") }
    if at < bytes.count { nodes.append(.text(Array(bytes[at...]))) }
    at = bytes.count
    return nodes
  }

  /// Whatever stands between a parent's blocks is left out.
  private mutating func blocks(of parent: String) throws(TemplateFault) -> [String: [TemplateNode]] {
    var blocks: [String: [TemplateNode]] = [:]
    for node in try nodes(until: parent) {
      if case .block(let name, let inner) = node { blocks[name] = inner }
    }
    return blocks
  }

  private func nextTag() throws(TemplateFault) -> Tag? {
    var start = at
    while start + 1 < bytes.count, !(bytes[start] == 0x7B && bytes[start + 1] == 0x7B) { start += 1 }
    guard start + 1 < bytes.count else { return nil }
    var end = start + 2
    while end + 1 < bytes.count, !(bytes[end] == 0x7D && bytes[end + 1] == 0x7D) { end += 1 }
    guard end + 1 < bytes.count else { throw fault("a tag is not closed") }
    let inner = String(decoding: bytes[start + 2..<end], as: UTF8.self)
    guard let first = inner.unicodeScalars.first else { throw fault("a tag is empty") }
    let isSigil = "#^/<$>!".unicodeScalars.contains(first)
    let name = (isSigil ? inner.dropFirst() : inner[...]).split(separator: " ").joined(separator: " ")
    if first != "!" {
      let isPlain = name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x2E || byte == 0x2F || byte == 0x2D
      }
      guard isPlain, !name.isEmpty else { throw fault("{{\(inner)}} is not understood") }
    }
    return Tag(sigil: isSigil ? first : nil, name: name, start: start, end: end + 2)
  }

  /// The whole line, its end included, when nothing but blanks stands beside the tag.
  private func loneLine(of tag: Tag) -> Range<Int>? {
    var start = tag.start
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start == 0 || bytes[start - 1] == 0x0A else { return nil }
    var end = tag.end
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
    guard end == bytes.count || bytes[end] == 0x0A else { return nil }
    return start..<min(end + 1, bytes.count)
  }

  private func fault(_ reason: String) -> TemplateFault { .wrong(template: template, reason: reason) }
}
