import Foundation
import Primitives
import Storage
import StoragePostgres
import TestKit
import Testing

/// Signing in to a server: what is said when it does not work, and to whom nothing is said.
@Suite struct ConnectTests {
  /// The names of the businesses here; the call blocks, so it has a thread of its own.
  private func namespaces(_ address: PostgresAddress, _ prefix: String) async throws -> [String] {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        continuation.resume(
          with: Result {
            try PostgresNamespaces(address).list(prefix: prefix).filter { $0.value == .here }.keys.sorted()
          }
        )
      }.start()
    }
  }

  private func complaint(_ address: PostgresAddress) async -> PostgresComplaint? {
    do {
      _ = try await namespaces(address, "business_")
      return nil
    } catch let complaint as PostgresComplaint {
      #expect(!"\(complaint)".contains("needle"))
      return complaint
    } catch {
      Issue.record("it was \(error)")
      return nil
    }
  }

  @Test func `each reason has its own words`() async throws {
    let shared = try await Cluster.shared()
    let folder = shared.folder.replacingOccurrences(of: "/", with: "%2F")
    #expect(
      await complaint(try PostgresAddress("postgres://cloakroom@\(folder)/none")) == .noDatabase("none")
    )
    #expect(
      await complaint(try PostgresAddress("postgres://nobody@\(folder)/cloakroom"))
        == .noAccess(user: "nobody")
    )
    guard case .away = await complaint(try PostgresAddress("postgres://cloakroom@%2Fnowhere/cloakroom"))
    else {
      Issue.record("a server answered that is not there")
      return
    }
  }

  @Test func `over the network, passwords and certificates are checked`() async throws {
    let authority = try Authority()
    let cluster = try Cluster(settings: authority.settings, listens: true, files: authority.files)
    let password = "only%20for%20tests"
    func address(_ password: String, _ host: String, _ rest: String) throws -> PostgresAddress {
      try PostgresAddress("postgres://cloakroom:\(password)@\(host):\(cluster.port)/cloakroom?\(rest)")
    }
    let trusting = "sslrootcert=" + authority.path("authority.crt")
    let wrong = await complaint(try address("needle", "localhost", "sslmode=disable"))
    #expect(wrong == .wrongPassword(user: "cloakroom"))
    #expect(await complaint(try address(password, "localhost", "sslmode=verify-full&\(trusting)")) == nil)
    // Another authority, and another name than the certificate's.
    for (host, rest) in [
      ("localhost", "sslmode=verify-full&sslrootcert=" + authority.path("stranger.crt")),
      ("127.0.0.1", "sslmode=verify-full&\(trusting)"),
      ("wrong.example.test", "hostaddr=127.0.0.1&sslmode=verify-full&\(trusting)"),
    ] {
      guard case .away(let words) = await complaint(try address("needle", host, rest)) else {
        Issue.record("\(host) was trusted")
        continue
      }
      #expect(words.contains("certificate"))
    }
    cluster.stop()
  }

  @Test func `a server that forgets what it confirmed is not used`() async throws {
    let cluster = try Cluster(settings: ["fsync=off"])
    #expect(await complaint(try cluster.address()) == .forgetful)
    cluster.stop()
  }

  @Test func `businesses are found by their namespaces`() async throws {
    let cluster = try await Cluster.shared()
    let prefix = "found_" + UUID().uuidString.prefix(8).lowercased() + "_"
    for name in ["b", "a"] {
      try await PostgresStore(try cluster.address(), namespace: prefix + name, schema: .data, checkpoint: nil)
        .close()
    }
    let outside = try await Example(.postgres)
    try await outside.tamper(SQL(unchecked: "CREATE SCHEMA \(prefix)empty"))
    #expect(
      try await namespaces(try cluster.address(), prefix) == [
        prefix + "a", prefix + "b",
      ]
    )
  }

  @Test(arguments: ["", "Business", "a\"b", "1a", "a-b", "pg_a", String(repeating: "a", count: 64)])
  func `a namespace that would need quoting is refused`(name: String) async throws {
    let address = try await Cluster.shared().address()
    await #expect(throws: StorageFault.self) {
      _ = try await PostgresStore(address, namespace: name, schema: .data, checkpoint: nil)
    }
  }

  @Test func `servers that start at once migrate once`() async throws {
    let cluster = try await Cluster.shared()
    let prefix = "start_" + UUID().uuidString.prefix(8).lowercased() + "_"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<9 {
        group.addTask {
          let name = prefix + String(number % 3)
          try await PostgresStore(try cluster.address(), namespace: name, schema: .data, checkpoint: nil)
            .close()
        }
      }
      try await group.waitForAll()
    }
    #expect(try await namespaces(try cluster.address(), prefix).count == 3)
  }
}
