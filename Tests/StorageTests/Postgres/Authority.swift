import Foundation
import TestKit

/// A certificate authority of the test's own, the certificate of `localhost` by it, and a stranger's; made by openssl in a
/// folder that goes with this value.
final class Authority: Sendable {
  struct Failed: Error {}

  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let made = try Programs.run(["bash", "-c", Authority.making], in: folder)
    guard made.status == 0 else { throw Failed() }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  /// For the server's folder, from which ``settings`` name them.
  var files: [String: [UInt8]] {
    get throws {
      try ["server.crt", "server.key"].reduce(into: [:]) { files, name in
        files[name] = Array(try Data(contentsOf: URL(filePath: path(name))))
      }
    }
  }

  /// Relative to the server's data, which lies in a folder of that folder.
  var settings: [String] { ["ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key"] }

  private static let making = """
    set -e
    exec 2>/dev/null
    new="openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    for name in authority stranger; do
      $new -subj "/CN=$name.example.test" -keyout $name.key -out $name.crt
    done
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost \\
      -keyout server.key -out server.csr
    printf 'subjectAltName=DNS:localhost\\n' > names
    openssl x509 -req -in server.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days 2 \\
      -extfile names -out server.crt
    """
}
