/// One mistake in a business file: where it stands and what would be allowed there.
///
/// Never repeats an e-mail address or a phone number, so that it may be printed and kept.
package struct FileProblem: Error, Hashable, Sendable {
  /// The file's name as the reader was told it.
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1, counted in Unicode scalars.
  package let column: Int
  /// Where in the structure, such as `services[2].minutes`, counted from 0; empty for the file as a whole.
  package let path: String
  /// Plain words.
  package let reason: String

  package init(file: String, line: Int, column: Int, path: String, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.reason = reason
  }
}

extension FileProblem: CustomStringConvertible {
  /// `business.yaml:14: services[2].minutes: must be at least 1`.
  package var description: String {
    "\(file):\(line): \(path.isEmpty ? "" : path + ": ")\(reason)"
  }
}

/// Every mistake found in one reading, in the order of the file; at least one.
package struct BusinessFileProblems: Error, Hashable, Sendable, CustomStringConvertible {
  package let problems: [FileProblem]

  package init(_ problems: [FileProblem]) {
    self.problems = problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// One line for each.
  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
