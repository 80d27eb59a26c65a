import Foundation
import TestKit

/// A missing Python fails the test; it is not passed over.
func python(_ arguments: [String]) throws -> (status: Int32, text: String) {
  let process = Programs.python(arguments)
  let output = Pipe()
  process.standardOutput = output
  try Programs.start(process)
  let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  process.waitUntilExit()
  return (process.terminationStatus, text)
}

/// The path of a program in `Tests/Foreign`.
func foreign(_ program: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Foreign/\(program)").path()
}
