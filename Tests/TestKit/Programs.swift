package import Foundation

/// Other people's programs, as tests start them.
package enum Programs {
  /// What a program that has ended left behind.
  package struct Answer: Sendable {
    package let status: Int32
    package let output: Data
    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The Python with the packages of `Tests/Journeys/requirements.txt`: by `CLOAKROOM_PYTHON`, else where
  /// `scripts/install` puts it, else the system's.
  package static var python: String {
    if let named = ProcessInfo.processInfo.environment["CLOAKROOM_PYTHON"] { return named }
    let own = URL(filePath: #filePath).appending(path: "../../../.build/venv/bin/python").standardized.path
    return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
  }

  /// Runs a program to its end.
  ///
  /// - Parameter input: may be longer than the program reads at once; it lies in a file meanwhile.
  package static func run(_ arguments: [String], in folder: String? = nil, input: Data = Data()) throws
    -> Answer
  {
    let question = FileManager.default.temporaryDirectory.appending(path: "question-\(UUID().uuidString)")
    try input.write(to: question)
    defer { try? FileManager.default.removeItem(at: question) }
    let (asked, answer) = (try FileHandle(forReadingFrom: question), Pipe())
    let program = try RunningProgram(
      arguments,
      in: folder,
      input: asked,
      output: answer.fileHandleForWriting
    )
    try asked.close()
    try answer.fileHandleForWriting.close()
    let output = try answer.fileHandleForReading.readToEnd() ?? Data()
    return Answer(status: program.waitUntilExit(), output: output)
  }
}
