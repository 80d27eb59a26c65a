import Foundation
package import StoragePostgres

/// A PostgreSQL server of the tests' own in a temporary folder: on a socket there, and on a loopback port when asked.
///
/// It goes with the test process, however that ends: a watching shell reads from a pipe that only this process holds, and
/// stops the server when the pipe closes. Settings are PostgreSQL's own, `fsync` included.
package final class Cluster: Sendable {
  package enum Trouble: Error { case noServer(String) }

  package let folder: String
  package let port: Int
  private let options: String
  private let watch: RunningProgram
  private let pipe = Pipe()

  /// One for all tests of a process that neither stop it nor change its settings.
  package static func shared() async throws -> Cluster { try await common.value }
  private static let common = Task { try Cluster() }

  /// - Parameters:
  ///   - settings: further ones, as `name=value`.
  ///   - listens: whether it also listens on 127.0.0.1, where a password is asked for.
  ///   - files: written into ``folder`` before the server starts, readable by the server alone.
  package init(settings: [String] = [], listens: Bool = false, files: [String: [UInt8]] = [:]) throws {
    // Short, because the path of a socket may have 107 bytes.
    folder = "/tmp/cloakroom-pg-\(UUID().uuidString.prefix(8))"
    port = listens ? try Cluster.freePort() : 5432
    let all =
      [
        "max_connections=600", "listen_addresses=\(listens ? "127.0.0.1" : "")", "port=\(port)",
        "unix_socket_directories=\(folder)",
      ]
      + settings
    options = all.map { "-c \($0)" }.joined(separator: " ")
    try ServerPrograms.run(.make, folder)
    for (name, content) in files { try Data(content).write(to: URL(filePath: folder + "/" + name)) }
    watch = try ServerPrograms.watch(folder, pipe)
    try ServerPrograms.run(.own, folder)
    try start()
    try ServerPrograms.run(.furnish, folder, String(port))
  }

  deinit { stop() }

  /// The database that all tests share, or its keys; each test takes a namespace of its own.
  package func address(_ database: String = "cloakroom") throws -> PostgresAddress {
    try PostgresAddress("postgres://\(database)@\(escapedFolder):\(port)/\(database)")
  }

  /// Signs in as the server's owner.
  package func owner(_ database: String = "cloakroom") throws -> PostgresAddress {
    try PostgresAddress("postgres://postgres@\(escapedFolder):\(port)/\(database)")
  }

  package func start() throws { try ServerPrograms.run(.start, folder, options) }

  /// Ends the server without tidying, as a power cut would.
  package func crash() throws { try ServerPrograms.run(.crash, folder) }

  /// Stops it for good and removes its folder.
  package func stop() {
    try? pipe.fileHandleForWriting.close()
    watch.waitUntilExit()
  }

  private var escapedFolder: String { folder.replacingOccurrences(of: "/", with: "%2F") }

  private static func freePort() throws -> Int {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isBound else { throw Trouble.noServer("no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
