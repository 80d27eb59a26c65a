import ArgumentParser
import Desk
import Foundation
import Outgoing
import Primitives

struct Mail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sets the mail server, or sends a test mail.",
    subcommands: [Set.self, Test.self]
  )

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sets the mail server; the password is read from standard input and kept sealed."
    )

    @Option(help: "Host name of the mail server.") var host: String
    @Option(help: "Port, usually 465 or 587.") var port = 465
    @Option(help: "tls, starttls, or none-on-loopback.") var security = "tls"
    @Option(help: "User name, if the server wants one.") var username = ""
    @Option(help: "The address mails come from.") var sender: String
    @Option(help: "The business; may be left out when there is one.") var business: String?
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let password = username.isEmpty ? "" : (readLine(strippingNewline: true) ?? "")
      let form = MailServerForm(
        host: host,
        port: String(port),
        security: security,
        username: username,
        password: password,
        sender: sender
      )
      try await store.withDesk(business) { try await $0.setMailServer(form, by: .commandLine) }
      print("The mail server is set. Send a test mail with: cloakroom mail test you@example.com")
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sends one mail now and says what the server answered."
    )

    @Argument(help: "Where to send it.") var recipient: String
    @Option(help: "The business; may be left out when there is one.") var business: String?
    @OptionGroup var store: StoreOptions

    func run() async throws {
      guard let address = try? EmailAddress(recipient) else {
        throw Complaint("That is not an e-mail address.")
      }
      let delivery = try await store.withDesk(business) {
        try await $0.sendTestMail(to: address, by: .commandLine)
      }
      switch delivery {
      case .delivered: print("The mail server took the test mail.")
      case .temporaryFailure(let fault), .permanentFailure(let fault):
        throw Complaint("The test mail was not sent: \(fault).")
      }
    }
  }
}
