/// One page's template, ready to be filled: partials and the layout's blocks are already in their places.
///
/// The part of Mustache (mustache(5) and its inheritance extension) that pages need: values, sections,
/// inverted sections, partials, parents with blocks, comments. Values are escaped always; there is no way to
/// write one unescaped.
struct Template: Sendable {
  let pieces: [Piece]

  indirect enum Piece: Sendable {
    case text([UInt8])
    case value(TemplatePath)
    case section(TemplatePath, [Piece])
    /// Written when there is nothing.
    case otherwise(TemplatePath, [Piece])
  }

  /// Puts one template's partials and parent in place.
  ///
  /// `sources`: every template by name, parsed.
  init(_ name: String, from sources: [String: [TemplateNode]]) throws(TemplateFault) {
    var resolver = Resolver(sources: sources)
    guard let nodes = sources[name] else { throw .missing(name) }
    pieces = try resolver.pieces(nodes, blocks: [:], within: [name])
  }
}

/// `.`, or names: the first is looked for from the innermost section outwards, the rest inside what it names.
struct TemplatePath: Sendable {
  let names: [String]
  let text: String

  init(_ text: String) {
    self.text = text
    names = text == "." ? [] : text.split(separator: ".").map(String.init)
  }
}

/// Why templates cannot be used; found when the server starts.
enum TemplateFault: Error, Hashable, CustomStringConvertible {
  case missing(String)
  case wrong(template: String, reason: String)

  var description: String {
    switch self {
    case .missing(let name): "there is no template \(name)"
    case .wrong(let template, let reason): "the template \(template) is wrong: \(reason)"
    }
  }
}

private struct Resolver {
  let sources: [String: [TemplateNode]]

  mutating func pieces(
    _ nodes: [TemplateNode],
    blocks: [String: [TemplateNode]],
    within: [String]
  ) throws(TemplateFault) -> [Template.Piece] {
    var pieces: [Template.Piece] = []
    for node in nodes {
      switch node {
      case .text(let bytes): append(bytes, to: &pieces)
      case .value(let path): pieces.append(.value(path))
      case .section(let path, let inner):
        pieces.append(.section(path, try self.pieces(inner, blocks: blocks, within: within)))
      case .otherwise(let path, let inner):
        pieces.append(.otherwise(path, try self.pieces(inner, blocks: blocks, within: within)))
      case .block(let name, let own):
        join(try self.pieces(blocks[name] ?? own, blocks: blocks, within: within), to: &pieces)
      case .partial(let name): join(try template(name, blocks: blocks, within: within), to: &pieces)
      case .parent(let name, let given):
        // The outermost template has the last word.
        let all = given.merging(blocks) { _, outer in outer }
        join(try template(name, blocks: all, within: within), to: &pieces)
      }
    }
    return pieces
  }

  private mutating func template(
    _ name: String,
    blocks: [String: [TemplateNode]],
    within: [String]
  ) throws(TemplateFault) -> [Template.Piece] {
    guard let nodes = sources[name] else { throw .missing(name) }
    guard !within.contains(name) else { throw .wrong(template: name, reason: "it contains itself") }
    return try pieces(nodes, blocks: blocks, within: within + [name])
  }

  private func join(_ more: [Template.Piece], to pieces: inout [Template.Piece]) {
    for piece in more {
      if case .text(let bytes) = piece { append(bytes, to: &pieces) } else { pieces.append(piece) }
    }
  }

  /// Neighbouring text becomes one piece.
  private func append(_ bytes: [UInt8], to pieces: inout [Template.Piece]) {
    guard !bytes.isEmpty else { return }
    if case .text(let before)? = pieces.last {
      pieces[pieces.count - 1] = .text(before + bytes)
    } else {
      pieces.append(.text(bytes))
    }
  }
}
