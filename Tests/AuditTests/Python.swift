import Foundation
import TestKit

/// A missing Python fails the test; it is not passed over.
func python(_ arguments: [String]) throws -> (status: Int32, text: String) {
  let answer = try Programs.run([Programs.python] + arguments)
  return (answer.status, answer.text)
}

/// The path of a program in `Tests/Foreign`.
func foreign(_ program: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Foreign/\(program)").path()
}
