/// Collects the mistakes of one reading, so that the writer of the file sees them all at once.
final class Report {
  let file: String
  private(set) var problems: [FileProblem] = []
  /// A broken file could have a mistake on each line; nobody reads more than this.
  static let most = 200

  init(file: String) { self.file = file }

  func refuse(_ entry: Entry, _ reason: String) {
    refuse(line: entry.line, column: entry.column, path: entry.path, reason)
  }

  func refuse(line: Int, column: Int = 1, path: String = "", _ reason: String) {
    guard problems.count < Report.most else { return }
    problems.append(FileProblem(file: file, line: line, column: column, path: path, reason: reason))
  }
}

/// A word of the file as a message may repeat it: short, on one line, without control characters.
func quoted(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(40).map { Characters.isRefused($0) || $0 == "\n" ? "?" : String($0) }
  return "“\(shown.joined())\(text.unicodeScalars.count > 40 ? "…" : "")”"
}
