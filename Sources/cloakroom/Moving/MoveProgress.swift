import Foundation

/// Shows how far a copy is: one line that is written again on a terminal, else a line for each table and tenth.
final class MoveProgress {
  private let total: Int
  private var done = 0
  private var table = ""
  private var shown = -1
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  init(total: Int) { self.total = total }

  func add(_ rows: Int, of table: String) {
    done += rows
    let percent = total == 0 ? 100 : min(100, done * 100 / total)
    let line = "  \(done) of \(total) rows, \(percent) % (\(table))"
    if isTerminal {
      write("\r\u{1B}[K" + line)
    } else if table != self.table || percent / 10 != shown / 10 {
      write(line + "\n")
    }
    self.table = table
    shown = percent
  }

  /// The line stays; what is printed next stands below it.
  func end() {
    if isTerminal, shown >= 0 { write("\n") }
  }

  private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
