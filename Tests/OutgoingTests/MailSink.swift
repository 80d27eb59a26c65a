import Foundation
import Testing

/// A real mail server in a process of its own (`Tests/Journeys/smtp_sink.py`), ended with this value.
final class MailSink {
  let folder: URL
  let port: Int
  private let process = Process()
  private let input = Pipe()

  init(_ options: String...) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sink-\(UUID().uuidString)")
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Journeys/smtp_sink.py")
    let python = ProcessInfo.processInfo.environment["CLOAKROOM_PYTHON"] ?? "python3"
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, script.path, folder.path, "--until-input-ends"] + options
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1),
      !byte.isEmpty
    {
      line.append(byte)
    }
    port = try #require(
      Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)),
      "the mail sink did not start"
    )
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  var authority: String { folder.appending(path: "authority.pem").path }

  func messages() throws -> [Data] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".eml") && !$0.hasPrefix(".") }.sorted()
      .map { try Data(contentsOf: folder.appending(path: $0)) }
  }

  struct Facts: Decodable {
    let from: String
    let to: [String]
    let hello: String
    let tls: Bool
    let login: String?
  }

  func facts(_ number: Int = 1) throws -> Facts {
    let name = String(format: "%04d.json", number)
    return try JSONDecoder().decode(Facts.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}
