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
      let password = try username.isEmpty ? "" : secret()
      let form = MailServerForm(
        host: host,
        port: String(port),
        security: security,
        username: username,
        password: password,
        sender: sender
      )
      try await store.withDesk(business) { desk in
        do {
          try await desk.setMailServer(form, by: .commandLine)
        } catch let refusal as Refusal where refusal.code == .invalid {
          throw Complaint(refusal.fields.map(Set.sentence).joined(separator: "\n"))
        }
      }
      print("The mail server is set. Send a test mail with: cloakroom mail test you@example.com")
    }

    /// One line: asked for without showing it on a terminal, else read from standard input.
    private func secret() throws -> String {
      guard isatty(STDIN_FILENO) == 1 else { return readLine(strippingNewline: true) ?? "" }
      guard let typed = getpass("Password of \(username): ") else {
        throw Complaint("The password could not be read from this terminal.")
      }
      return String(cString: typed)
    }

    private static func sentence(_ problem: FieldProblem) -> String {
      switch problem.path {
      case "host": "--host: this is not the name of a server, such as mail.example.com."
      case "port": "--port: a number from 1 to 65535, mostly 465 or 587."
      case "security":
        "--security: tls or starttls; none-on-loopback for a server on this very machine alone."
      case "sender": "--sender: this is not an e-mail address."
      case "username": "--username: there is no user name for this password."
      case "password": "The password is missing; it is read from standard input."
      default: "\(problem.path): \(problem.reason.rawValue)"
      }
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
