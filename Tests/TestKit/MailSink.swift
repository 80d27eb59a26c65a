package import Foundation

/// A real mail server in a process of its own (`Tests/Journeys/smtp_sink.py`), ended with this value.
package final class MailSink {
  package enum Trouble: Error { case didNotStart }

  package let folder: URL
  package let port: Int
  private let process: RunningProgram
  private let input = Pipe()

  /// - Parameter options: those of the script.
  package init(port wanted: Int = 0, _ options: String...) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sink-\(UUID().uuidString)")
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Journeys/smtp_sink.py")
    let output = Pipe()
    process = try RunningProgram(
      [Programs.python, script.path, folder.path, "--until-input-ends", "--port", "\(wanted)"] + options,
      input: input.fileHandleForReading,
      output: output.fileHandleForWriting
    )
    try input.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    var line = Data()
    while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1),
      !byte.isEmpty
    {
      line.append(byte)
    }
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let port = Int(text) else { throw Trouble.didNotStart }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Each message as it came in, in order.
  package func files() throws -> [Data] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".eml") && !$0.hasPrefix(".") }.sorted()
      .map { try Data(contentsOf: folder.appending(path: $0)) }
  }
}
