import Yams

/// One YAML 1.2 document as a tree with line numbers.
enum Document {
  /// 1 MiB.
  static let largest = 1_048_576

  /// The root of the document, or nil when it could not be read; the report then says why.
  ///
  /// Refuses what is larger than ``largest``, tabs and control characters, anchors and aliases, tags, a
  /// second document, and whatever YAML itself refuses.
  static func read(_ text: String, into report: Report) -> Entry? {
    guard text.utf8.count <= largest else {
      report.refuse(line: 1, "the file is larger than 1 MiB; a business file is far smaller")
      return nil
    }
    Characters.check(text, into: report)
    guard report.problems.isEmpty else { return nil }
    if let place = AnchorScan.first(in: text) {
      report.refuse(line: place.line, column: place.column, anchorReason)
      return nil
    }
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let node = try parser.singleRoot() else {
        report.refuse(line: 1, "the file is empty; it begins with “business:” and a slug")
        return nil
      }
      // Anchors live as long as their parser.
      return withExtendedLifetime(parser) { isPlain(node, report) ? Entry(root: node, report: report) : nil }
    } catch let error as YamlError {
      report.refuse(error)
    } catch {
      report.refuse(line: 1, "cannot be read as YAML")
    }
    return nil
  }

  private static let anchorReason =
    "anchors (&) and aliases (*) are not used here; put text that begins with & or * in quotes"

  /// Stops at the first anchor, which always comes before what repeats it.
  private static func isPlain(_ node: Node, _ report: Report) -> Bool {
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    guard node.anchor == nil else {
      report.refuse(line: line, column: column, anchorReason)
      return false
    }
    let tag: String
    let parts: [Node]
    switch node {
    case .scalar(let scalar): (tag, parts) = (scalar.tag.description, [])
    case .sequence(let sequence): (tag, parts) = (sequence.tag.description, Array(sequence))
    case .mapping(let mapping):
      (tag, parts) = (mapping.tag.description, mapping.flatMap { [$0.key, $0.value] })
    case .alias: (tag, parts) = ("*", [])
    }
    guard ["", "str", "map", "seq"].contains(tag.split(separator: ":").last.map(String.init) ?? "") else {
      let reason = "tags (!) are not used here; put text that begins with ! in quotes"
      report.refuse(line: line, column: column, reason)
      return false
    }
    return parts.allSatisfy { isPlain($0, report) }
  }
}

extension Report {
  /// What the YAML parser refused, in plain words where it has a usual cause.
  fileprivate func refuse(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      refuse(line: mark.line, column: mark.column, "this is not YAML: \(plain(problem))")
    case .composer(_, let problem, let mark, _):
      let reason =
        problem.contains("another document")
        ? "a second document begins here; one file holds one business" : "this is not YAML: \(problem)"
      refuse(line: mark.line, column: mark.column, reason)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map(quoted).joined(separator: ", ")
      let reason = "\(names) is written more than once in the block that begins here or above; keep one"
      refuse(line: context.mark.line, column: context.mark.column, reason)
    case .memory:
      refuse(line: 1, "is nested too deeply")
    default:
      refuse(line: 1, "cannot be read as YAML")
    }
  }

  private func plain(_ problem: String) -> String {
    switch problem {
    case "mapping values are not allowed in this context":
      "a colon stands where none may; put text that holds “: ” in quotes, and check the indentation"
    case "could not find expected ':'":
      "a key without its colon, or the indentation is off"
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      "the indentation does not fit the lines above, or a quote is not closed"
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'",
      "did not find expected node content":
      "a bracket is not closed, or a comma is missing"
    case "found character that cannot start any token":
      "text that begins with @, % or ` must be in quotes"
    case "found unexpected end of stream":
      "a quote or a bracket is not closed"
    default: problem
    }
  }
}
