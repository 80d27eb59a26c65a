package import Foundation

/// Other people's programs, as tests start them.
package enum Programs {
  private static let starting = NSLock()

  /// Starts one at a time: Foundation's `Process` was seen to crash when several threads start programs at once.
  package static func start(_ process: Process) throws {
    starting.lock()
    defer { starting.unlock() }
    try process.run()
  }

  /// The Python with the packages of `Tests/Journeys/requirements.txt`: by `CLOAKROOM_PYTHON`, else where
  /// `scripts/install` puts it, else the system's.
  package static var python: String {
    if let named = ProcessInfo.processInfo.environment["CLOAKROOM_PYTHON"] { return named }
    let own = URL(filePath: #filePath).appending(path: "../../../.build/venv/bin/python").standardized.path
    return FileManager.default.isExecutableFile(atPath: own) ? own : "python3"
  }

  /// A process that runs Python with these arguments; not started yet.
  package static func python(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python] + arguments
    return process
  }
}
