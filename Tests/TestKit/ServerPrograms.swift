import Foundation

/// PostgreSQL's own programs, run as somebody it accepts: it refuses to work as root.
enum ServerPrograms {
  enum Act: String { case make, own, start, furnish, crash }

  /// - Throws: ``Cluster/Trouble`` with what the programs said.
  static func run(_ act: Act, _ arguments: String...) throws {
    // A file and no pipe: the server would keep a pipe open.
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).log").path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard let said = FileHandle(forWritingAtPath: path) else {
      throw Cluster.Trouble.noServer("no temporary file")
    }
    let program = try RunningProgram(
      ["bash", "-c", common + act.script, "sh"] + arguments,
      output: said,
      errors: said
    )
    guard program.waitUntilExit() == 0 else {
      let words = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let log = (try? String(contentsOfFile: (arguments.first ?? "") + "/log", encoding: .utf8)) ?? ""
      throw Cluster.Trouble.noServer(String((words + log).suffix(2_000)))
    }
  }

  /// Stops the server and removes the folder once nobody holds the other end of the pipe.
  static func watch(_ folder: String, _ pipe: Pipe) throws -> RunningProgram {
    let program = try RunningProgram(
      ["bash", "-c", "exec 2>/dev/null\n" + common + watching, "watch", folder],
      input: pipe.fileHandleForReading
    )
    try pipe.fileHandleForReading.close()
    return program
  }

  private static let common = """
    set -eu
    export LC_ALL=C
    programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    PATH="${programs:+$programs:}$PATH"
    user=$(id -un)
    if [ "$(id -u)" = 0 ]; then
      user=postgres
      id -u postgres >/dev/null 2>&1 || user=nobody
    fi
    as() {
      if [ "$(id -u)" = 0 ]; then
        setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups -- "$@"
      else
        "$@"
      fi
    }

    """

  private static let watching = """
    trap '' INT TERM HUP
    cat > /dev/null || true
    cd /
    as pg_ctl stop --pgdata "$1/data" --mode immediate --silent || true
    # The server's children may outlive it for a moment and still write.
    for again in $(seq 50); do
      rm -rf "$1" 2>/dev/null && break
      sleep 0.1
    done
    """
}

extension ServerPrograms.Act {
  fileprivate var script: String {
    switch self {
    case .make:
      """
      mkdir -m 0755 "$1"
      [ "$(id -u)" != 0 ] || chown "$user" "$1"
      cd "$1"
      as initdb --pgdata "$1/data" --username postgres --auth-local trust --auth-host scram-sha-256 \
        --encoding UTF8 --no-locale --no-sync --no-instructions
      """
    case .own:
      """
      [ "$(id -u)" != 0 ] || chown -R "$user" "$1"
      find "$1" -type f -exec chmod 0600 {} +
      """
    case .start:
      """
      cd "$1"
      as pg_ctl start --pgdata "$1/data" --wait --silent --log "$1/log" --options "$2"
      """
    case .crash: "cd \"$1\"; as pg_ctl stop --pgdata \"$1/data\" --mode immediate --silent"
    case .furnish:
      """
      as psql --quiet --no-psqlrc --host "$1" --port "$2" --username postgres --set ON_ERROR_STOP=1 postgres <<SQL
      CREATE ROLE cloakroom LOGIN PASSWORD 'only for tests';
      CREATE ROLE cloakroom_keys LOGIN PASSWORD 'only for tests';
      CREATE DATABASE cloakroom OWNER cloakroom;
      CREATE DATABASE cloakroom_keys OWNER cloakroom_keys;
      SQL
      """
    }
  }
}
