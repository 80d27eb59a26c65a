package import Foundation
import Synchronization

/// Another program, started with posix_spawn and with no files of the tests but those it is given.
///
/// Foundation's `Process` is not used: it copies the entries of `/proc/self/fd` past the end of its buffer, and with many
/// files open that crashes now and then.
package final class RunningProgram: Sendable {
  package struct DidNotStart: Error { let code: Int32 }

  private let process: pid_t
  private let status = Mutex<Int32?>(nil)

  /// - Parameters:
  ///   - arguments: the program, looked for on PATH, and what it is given.
  ///   - folder: where it runs; here when nil.
  ///   - input: nothing when nil. As the outputs, it is the caller's to close.
  ///   - output: nowhere when nil.
  ///   - errors: to the tests' own when nil.
  package init(
    _ arguments: [String],
    in folder: String? = nil,
    input: FileHandle? = nil,
    output: FileHandle? = nil,
    errors: FileHandle? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input.fileDescriptor, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, STDOUT_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors.fileDescriptor, STDERR_FILENO) }
    let all = ["bash", "-c", RunningProgram.starting, "start", folder ?? "."] + arguments
    var pointers = all.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    var started: pid_t = 0
    let code = posix_spawnp(&started, all[0], &actions, nil, pointers, environ)
    guard code == 0 else { throw DidNotStart(code: code) }
    process = started
  }

  /// Other files of the tests, such as pipes to other programs, must not stay open in this one.
  private static let starting = """
    cd "$1" && shift
    for file in /proc/$BASHPID/fd/*; do
      number=${file##*/}
      [ "$number" -le 2 ] || eval "exec $number>&-"
    done
    exec "$@"
    """

  package func terminate() { status.withLock { if $0 == nil { _ = kill(process, SIGTERM) } } }

  /// Its exit status; 128 and the signal for one that was killed.
  @discardableResult
  package func waitUntilExit() -> Int32 {
    if let known = status.withLock({ $0 }) { return known }
    var found: Int32 = 0
    while waitpid(process, &found, 0) < 0 {
      // Another thread waited for it and is about to say so.
      guard errno == EINTR || errno == ECHILD else { return -1 }
      if let known = status.withLock({ $0 }) { return known }
    }
    let ended = found & 0x7F == 0 ? found >> 8 & 0xFF : 128 + found & 0x7F
    status.withLock { $0 = ended }
    return ended
  }
}
