import Foundation

/// A missing Python fails the test; it is not passed over.
func python(_ arguments: [String]) throws -> (status: Int32, text: String) {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [ProcessInfo.processInfo.environment["CLOAKROOM_PYTHON"] ?? "python3"] + arguments
  process.standardOutput = output
  try process.run()
  let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  process.waitUntilExit()
  return (process.terminationStatus, text)
}

/// The path of a program in `Tests/Foreign`.
func foreign(_ program: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Foreign/\(program)").path()
}
