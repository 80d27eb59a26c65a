import Booking
import Foundation
import Outgoing
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

/// When messages do not leave: who is told, and how they are sent all the same.
@Suite(.serialized, .onEachEngine) struct MailHealthTests {
  private func settings(port: Int) -> MailServerForm {
    MailServerForm(
      host: "127.0.0.1",
      port: String(port),
      security: "none-on-loopback",
      username: "",
      password: "",
      sender: "hello@example.test"
    )
  }

  /// A port at which nobody answers.
  private func nobody() throws -> Int { try SilentServer().port }

  private func customer(_ name: String) -> ContactForm {
    ContactForm(name: "Rasa", email: "\(name)@example.com")
  }

  @Test(arguments: ["host", "port", "security", "username"])
  func `a kept password goes to no other server and for no other user`(other: String) async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    var form = settings(port: 587)
    (form.host, form.security) = ("mail.example.test", "starttls")
    (form.username, form.password) = ("spare-hands", "a very secret password")
    try await shop.desk.setMailServer(form, by: .commandLine)
    form.password = ""
    form.host = "MAIL.example.test"
    try await shop.desk.setMailServer(form, by: .commandLine)
    switch other {
    case "host": form.host = "elsewhere.example.test"
    case "port": form.port = "2525"
    case "security": form.security = "tls"
    default: form.username = "somebody-else"
    }
    let refused = try await refusal { [form] in try await shop.desk.setMailServer(form, by: ona) }
    #expect(refused == .invalid("password", .missing))
    let kept = try await shop.desk.mailServer()
    #expect(kept?.host == "mail.example.test" && kept?.login?.password == "a very secret password")
    form.password = "another one"
    try await shop.leaves(.mailServerSet) { [form] in try await shop.desk.setMailServer(form, by: ona) }
    #expect(try await shop.desk.mailServer()?.login?.password == "another one")
  }

  @Test func `a message that is given up is counted, shown with its booking, and sent again on request`()
    async throws
  {
    let shop = try await Shop()
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas", for: customer("perm"))
    let fine = try await shop.book(at: try at(2, "14:00"), with: "tadas")
    #expect(try await shop.desk.deliverMessages() == 1)
    let state = try await shop.desk.mailState()
    #expect(state.failed.all == 1 && state.failed.open == 1 && state.heldUp == 0 && state.fault == nil)
    #expect(try await shop.desk.openMailOverview(by: ona).failed == state.failed)
    #expect(try await shop.desk.openBooking(ticket.booking.id, by: tadas).undelivered == "confirmation")
    #expect(try await shop.desk.openBooking(fine.booking.id, by: tadas).undelivered == nil)

    try await shop.leaves(.messagesRequeued, .notAllowed) {
      try await shop.desk.requeueFailedMessages(by: tadas)
    }
    let count = try await shop.leaves(.messagesRequeued) {
      try await shop.desk.requeueFailedMessages(by: ona)
    }
    #expect(count == 1)
    #expect(try await shop.entries().last?.count == 1)
    #expect(try await shop.texts("SELECT state FROM outbox WHERE attempts > 0") == ["sent"])
    #expect(try await shop.desk.mailState().failed.all == 0)
    #expect(try await shop.desk.openBooking(ticket.booking.id, by: tadas).undelivered == nil)
    #expect(try await shop.desk.deliverMessages() == 0)
    #expect(try await shop.desk.mailState().failed.open == 1, "tried once more, refused once more")
  }

  @Test func `what a newer message overtakes, and visits that are over, are not sent again`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    let ticket = try await shop.book(at: try at(3, "10:00"), with: "tadas", for: customer("perm"))
    _ = try await shop.desk.deliverMessages()
    _ = try await shop.desk.cancelManagedBooking(code: try shop.code(ticket), version: 1)
    _ = try await shop.desk.deliverMessages()
    #expect(try await shop.texts("SELECT state FROM outbox") == ["failed", "failed"])
    let failed = try await shop.desk.mailState().failed
    #expect(failed.all == 2 && failed.open == 1, "the confirmation of what is cancelled is not sent")
    shop.clock.set(try at(3, "10:00"))
    #expect(try await shop.desk.mailState().failed.open == 0)
    #expect(try await shop.desk.requeueFailedMessages(by: try await shop.person("ona")) == 0)
    shop.clock.move(.days(31))
    #expect(try await shop.desk.mailState().failed.all == 0)
  }

  @Test func `a reminder for somebody who is there already is taken back and counts as no failure`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    _ = try await shop.desk.deliverMessages()
    shop.clock.set(try at(2, "10:00"))
    _ = try await shop.desk.markBooking(
      ticket.booking.id,
      .arrived,
      version: 1,
      by: try await shop.person("tadas")
    )
    try await shop.leaves(.messageSettled) { try await shop.desk.deliverMessages() }
    #expect(try await shop.texts("SELECT kind FROM outbox") == ["confirmation"])
    #expect(try await shop.desk.mailState().failed.all == 0)
  }

  @Test func `a server that does not serve us is told of in words until it does`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.desk.setMailServer(settings(port: try nobody()), by: .commandLine)
    try await shop.book(at: try at(2, "10:00"), with: "tadas")
    #expect(try await shop.desk.mailState().heldUp == 0, "it has not been tried")
    #expect(try await shop.desk.deliverMessages() == 0)
    let state = try await shop.desk.mailState()
    #expect(state.isSet && state.heldUp == 1 && state.fault == "the mail server cannot be reached")
    let overview = try await shop.desk.openMailOverview(by: ona)
    #expect(overview.waiting == 1 && overview.fault == state.fault)

    // Settings that were made right in another process are not blamed for it.
    let other = try await shop.another()
    try await other.setMailServer(settings(port: try nobody()), by: .commandLine)
    #expect(try await shop.desk.openMailOverview(by: ona).fault == nil)
    _ = try await shop.desk.tryMailServer(by: ona)
    #expect(try await shop.desk.openMailOverview(by: ona).fault != nil, "the test mail is a try as well")

    // A customer's own mailbox that says "later" is no fault of the server.
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    try await shop.book(at: try at(2, "14:00"), with: "tadas", for: customer("temp"))
    #expect(try await shop.desk.deliverMessages() == 1)
    let now = try await shop.desk.mailState()
    #expect(now.fault == nil && now.heldUp == 0)
  }

  @Test func `messages that nobody delivers for a minute count as held up`() async throws {
    let shop = try await Shop()
    try await shop.desk.setMailServer(settings(port: try nobody()), by: .commandLine)
    try await shop.book(at: try at(2, "10:00"), with: "tadas")
    shop.clock.move(61)
    #expect(try await shop.desk.mailState().heldUp == 1)
  }

  @Test func `a new server gets at once what the old one did not take, and keeps count of the tries`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: try nobody()), by: .commandLine)
    try await shop.book(at: try at(2, "10:00"), with: "tadas")
    for _ in 0..<4 {
      _ = try await shop.desk.deliverMessages()
      shop.clock.move(.hours(1))
    }
    _ = try await shop.desk.deliverMessages()
    #expect(try await shop.count("outbox WHERE attempts = 5") == 1)
    let reminders = try await shop.texts("SELECT CAST(due_at AS TEXT) FROM outbox WHERE kind = 'reminder'")
    #expect(try await shop.desk.deliverMessages() == 0)
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    #expect(try await shop.count("outbox WHERE attempts = 5") == 1)
    #expect(try await shop.desk.deliverMessages() == 1)
    #expect(
      try await shop.texts("SELECT CAST(due_at AS TEXT) FROM outbox WHERE kind = 'reminder'") == reminders
    )
  }

  @Test func `a pass under way does not go on with the server before`() async throws {
    let shop = try await Shop()
    let silent = try SilentServer()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: silent.port), by: .commandLine)
    for hour in [10, 12, 14] { try await shop.book(at: try at(2, "\(hour):00"), with: "tadas") }
    let pass = Task { try await shop.desk.deliverMessages() }
    while try await shop.count("outbox WHERE due_at > \(shop.clock.now().seconds) AND kind <> 'reminder'")
      == 0
    {
      try await Task.sleep(for: .milliseconds(20))
    }
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    silent.stop()
    #expect(try await pass.value == 0)
    let tried = "outbox WHERE kind = 'confirmation' AND attempts"
    #expect(try await shop.count(tried + " = 1") == 1)
    #expect(try await shop.count(tried + " = 0") == 2)
    #expect(try await shop.desk.deliverMessages() == 3, "all are due at once")
  }

  @Test func `a message whose letter cannot be written is given up, and the log names nobody`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    try await shop.book(at: try at(2, "14:00"), with: "tadas", for: Cast.marius)
    try await shop.rename(ticket.booking.subject, "Rasa\u{2028}Jankauskien\u{117}")
    let fault = await #expect(throws: UnwritableMessage.self) { try await shop.desk.deliverMessages() }
    let said = House.kind(of: try #require(fault))
    #expect(said.contains(ticket.booking.id.shortName) && !said.contains("Rasa"), "\(said)")
    #expect(try sink.messages().count == 1)
    #expect(
      try await shop.texts("SELECT state FROM outbox WHERE kind = 'confirmation' ORDER BY state") == [
        "failed", "sent",
      ]
    )
    #expect(try await shop.desk.mailState().failed.open == 1)
  }
}

extension Shop {
  /// Seals another name into a contact, as one from before a rule was made.
  fileprivate func rename(_ subject: Identifier, _ name: String) async throws {
    let keys = try #require(try await desk.keys.open(subject))
    let sealed = try keys.seal(name, at: ContactField.name.cell(subject, rowVersion: 1))
    try await raw.change {
      try $0.write("UPDATE contact SET name = \(sealed.bytes) WHERE subject = \(subject)")
    }
  }
}

/// Takes connections and says nothing, until it is stopped.
private final class SilentServer: Sendable {
  let port: Int
  private let socket: Int32

  init() throws {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    try #require(bound)
    self.socket = socket
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  func stop() { _ = shutdown(socket, Int32(SHUT_RDWR)) }

  deinit { close(socket) }
}
