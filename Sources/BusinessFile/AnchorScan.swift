/// Finds YAML anchors (`&name`) and aliases (`*name`), which a business file may not use: a few lines of them
/// can stand for billions of values.
///
/// Runs before the parser, which would already unfold them. It follows quotes, comments, block texts and flow
/// brackets far enough to leave ordinary text such as `R&D` or `* bullet` alone.
struct AnchorScan {
  private var openQuote: Unicode.Scalar?
  private var flowDepth = 0
  private var block: BlockText?

  /// A text after `|` or `>`: its first line that is not empty sets how deep the others stand.
  private enum BlockText {
    case opened(byIndent: Int)
    case running(indent: Int)
  }

  /// The line and column of the first one, from 1.
  static func first(in text: String) -> (line: Int, column: Int)? {
    var scan = AnchorScan()
    for (number, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if let column = scan.column(in: Array(line)) { return (number + 1, column + 1) }
    }
    return nil
  }

  private mutating func column(in line: [Unicode.Scalar]) -> Int? {
    let indent = line.prefix { $0 == " " }.count
    if let block {
      if indent == line.count || line[indent] == "\r" { return nil }
      switch block {
      case .opened(let opener) where indent > opener:
        self.block = .running(indent: indent)
        return nil
      case .running(let least) where indent >= least: return nil
      default: self.block = nil
      }
    }
    var startsNode = true
    var position = indent
    while position < line.count {
      let scalar = line[position]
      let next = position + 1 < line.count ? line[position + 1] : " "
      let previous = position > 0 ? line[position - 1] : " "
      if let openQuote {
        if scalar == "\\" && openQuote == "\"" {
          position += 1
        } else if scalar == openQuote {
          self.openQuote = nil
          startsNode = false
        }
      } else {
        switch scalar {
        case " ", "\r": break
        case "#" where previous == " ": return nil
        case "\"" where startsNode, "'" where startsNode: openQuote = scalar
        case "&" where startsNode && next != " ", "*" where startsNode && next != " ": return position
        case "|" where startsNode && flowDepth == 0, ">" where startsNode && flowDepth == 0:
          block = .opened(byIndent: indent)
          return nil
        case "[" where startsNode || flowDepth > 0, "{" where startsNode || flowDepth > 0:
          flowDepth += 1
          startsNode = true
        case "]" where flowDepth > 0, "}" where flowDepth > 0:
          flowDepth -= 1
          startsNode = false
        case "," where flowDepth > 0: startsNode = true
        case ":" where flowDepth > 0 || next == " ": startsNode = true
        case "-" where startsNode && (next == " " || next == "-"), "?" where startsNode && next == " ": break
        case "!" where startsNode:
          while position + 1 < line.count, line[position + 1] != " " { position += 1 }
        default: startsNode = false
        }
      }
      position += 1
    }
    return nil
  }
}
