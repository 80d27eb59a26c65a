import Foundation
import Outgoing
import Primitives
import Testing

@Suite struct MailServerTests {
  private func server(
    host: String = "mail.example.test",
    port: Int = 465,
    security: MailSecurity = .implicitTLS,
    username: String? = "letterbox",
    password: String? = "correct horse",
    senderName: String = "Spare Hands"
  ) throws -> MailServer {
    try MailServer(
      host: host,
      port: port,
      security: security,
      username: username,
      password: password,
      sender: try EmailAddress("hello@example.test"),
      senderName: senderName
    )
  }

  @Test(arguments: ["localhost", "LOCALHOST", "127.0.0.1", "127.200.0.9", "::1"])
  func `mail in clear stays on this machine`(_ host: String) throws {
    _ = try server(host: host, security: .plainOnLoopbackOnly)
  }

  @Test(arguments: [
    "mail.example.test", "10.0.0.1", "127.1", "127.0.0.1.example.test", "0127.0.0.1", "127.0.0.01", "0.0.0.0",
    "::",
    "::ffff:127.0.0.1", "localhost.example.test", "128.0.0.1", "2130706433",
  ])
  func `mail in clear beyond this machine is refused`(_ host: String) {
    #expect(throws: MailServerFault.plainBeyondLoopback) {
      try server(host: host, security: .plainOnLoopbackOnly)
    }
  }

  @Test(arguments: [
    "", "mail.example.test/x", "user@mail.example.test", "mail.example.test:25", "mail example",
    "mail\r\nexample",
    "mail\u{0}", "-mail.example.test", "mail..example", "[::1]", "::1%lo", "smtp://mail.example.test",
    "žalias.example",
    "mail.example.test?x", "mail.example.test#x", "%6cocalhost",
  ])
  func `what is not a host is refused`(_ host: String) {
    #expect(throws: MailServerFault.host) { try server(host: host) }
  }

  @Test func `controls and halves of a login are refused`() {
    #expect(throws: MailServerFault.username) { try server(username: "ona\r\nRSET") }
    #expect(throws: MailServerFault.password) { try server(password: "a\u{0}b") }
    #expect(throws: MailServerFault.username) { try server(username: nil) }
    #expect(throws: MailServerFault.password) { try server(password: nil) }
    #expect(throws: MailServerFault.senderName) { try server(senderName: "Ona\nBcc: x@example.com") }
    #expect(throws: MailServerFault.port) { try server(port: 0) }
    #expect(throws: MailServerFault.port) { try server(port: 65_536) }
  }

  @Test func `the login never prints`() throws {
    let server = try server()
    var dumped = ""
    dump(server, to: &dumped)
    dump(server.login, to: &dumped)
    let printed = "\(server) \(String(reflecting: server)) \(String(describing: server.login)) \(dumped)"
    #expect(!printed.contains("correct horse") && !printed.contains("letterbox"))
  }

  @Test func `settings come back as they were written, and are judged again`() throws {
    let server = try server()
    let written = try JSONEncoder().encode(server)
    #expect(try JSONDecoder().decode(MailServer.self, from: written) == server)
    let text = String(decoding: written, as: UTF8.self)
    let weaker = text.replacingOccurrences(of: "\"tls\"", with: "\"none-on-loopback\"")
    #expect(weaker != text)
    #expect(throws: MailServerFault.plainBeyondLoopback) {
      try JSONDecoder().decode(MailServer.self, from: Data(weaker.utf8))
    }
  }
}
