import Foundation
import Outgoing
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

extension Shop {
  /// Mail that goes to a sink on this machine.
  func sendMail(to sink: MailSink) async throws { try await sendMail(port: sink.port) }

  func sendMail(port: Int) async throws {
    let form = MailServerForm(
      host: "127.0.0.1",
      port: String(port),
      security: "none-on-loopback",
      username: "",
      password: "",
      sender: "hello@example.test"
    )
    try await desk.setMailServer(form, by: .commandLine)
  }

  /// Asks for a link and does what the server does within a second.
  func ask(_ email: String) async throws {
    try await desk.askForCustomerLink(email)
    while try await desk.answerCustomerAsks() > 0 {}
  }

  /// The codes of all links that stand in the database, whether they were mailed or not.
  private func customerCodes() async throws -> [String] {
    try await raw.read { try $0.all("SELECT id FROM customer_link") { try $0.identifier(0) } }
      .map { desk.ring.linkCode(.customer, row: $0) }
  }

  /// Asks for a link; its code.
  func link(for email: String) async throws -> String {
    let before = Set(try await customerCodes())
    try await ask(email)
    return try #require(try await customerCodes().first { !before.contains($0) })
  }

  /// Asks for a link and opens it.
  func customer(_ email: String) async throws -> SignedInCustomer {
    let token = try await desk.takeCustomerLink(try await link(for: email))
    return try #require(try await desk.customer(token: token))
  }
}
