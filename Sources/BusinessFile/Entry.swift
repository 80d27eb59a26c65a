import Primitives
import Yams

/// One value of the file, and where it stands.
///
/// Its readings refuse into the report and then answer nil.
struct Entry {
  let node: Node
  let path: String
  let line: Int
  let column: Int
  let report: Report

  /// The root of a document.
  init(root: Node, report: Report) {
    self.init(
      node: root,
      path: "",
      line: root.mark?.line ?? 1,
      column: root.mark?.column ?? 1,
      report: report
    )
  }

  /// A part of `whole`, which lends its place to a node that has none.
  init(_ node: Node, at path: String, near whole: Entry) {
    self.init(
      node: node,
      path: path,
      line: node.mark?.line ?? whole.line,
      column: node.mark?.column ?? whole.column,
      report: whole.report
    )
  }

  private init(node: Node, path: String, line: Int, column: Int, report: Report) {
    self.node = node
    self.path = path
    self.line = line
    self.column = column
    self.report = report
  }

  func refuse(_ reason: String) { report.refuse(self, reason) }

  /// Nothing after the colon, or YAML's words for nothing.
  var isNothing: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// A single value, neither a list nor a block.
  var isSingle: Bool {
    if case .scalar = node { return true }
    return false
  }

  /// Whether the value is just this word, such as `none` or `all`.
  func isWord(_ word: String) -> Bool {
    guard case .scalar(let scalar) = node else { return false }
    return scalar.string == word
  }

  /// The text of a single value, without the spaces around it; refuses lists and blocks.
  func word() -> String? {
    guard case .scalar(let scalar) = node else {
      refuse("must be a single value, not a list or a block of keys")
      return nil
    }
    guard !isNothing else {
      refuse("has no value; a text such as \(quoted("null")) needs quotes, and a value with # needs them too")
      return nil
    }
    return Entry.trimmed(scalar.string)
  }

  /// The entries of a list; refuses anything else.
  func list() -> [Entry]? {
    guard case .sequence(let sequence) = node else {
      refuse("must be a list: one line with a dash for each")
      return nil
    }
    return sequence.enumerated().map { position, node in Entry(node, at: "\(path)[\(position)]", near: self) }
  }

  /// The entries of a list, or the single value that stands in its place.
  func listOrOne() -> [Entry]? {
    isSingle ? [self] : list()
  }

  /// Without the spaces and line feeds around it.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\n" }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
