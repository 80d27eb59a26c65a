import Foundation
import Outgoing
import Primitives
import TestKit
import Testing

/// Against a mail server that nobody here wrote (aiosmtpd).
@Suite struct CourierTests {
  private let message = Array(
    "From: <hello@example.test>\r\nTo: <rasa@example.com>\r\nSubject: One\r\n\r\nFirst\r\n.\r\n..two\r\nlast\r\n"
      .utf8
  )

  private func address(_ text: String) throws -> EmailAddress { try EmailAddress(text) }

  private func server(
    _ port: Int,
    _ security: MailSecurity = .plainOnLoopbackOnly,
    host: String = "127.0.0.1",
    password: String? = nil,
    sender: String = "hello@example.test"
  ) throws -> MailServer {
    try MailServer(
      host: host,
      port: port,
      security: security,
      username: password == nil ? nil : "ona",
      password: password,
      sender: try EmailAddress(sender),
      senderName: "Spare Hands"
    )
  }

  @Test func `a message arrives as it was written, dots included`() async throws {
    let sink = try MailSink()
    let courier = Courier()
    let delivery = await courier.send(
      message,
      to: try address("rasa@example.com"),
      through: try server(sink.port)
    )
    #expect(delivery == .delivered)
    #expect(try sink.messages() == [Data(message)])
    let facts = try sink.facts()
    #expect(facts.from == "hello@example.test" && facts.to == ["rasa@example.com"] && !facts.tls)
    #expect(facts.hello == "example.test", "the machine's name is not told")
  }

  @Test func `a large message arrives whole`() async throws {
    let sink = try MailSink()
    let large = message + Array(String(repeating: "0123456789abcdef.\r\n.\r\n", count: 20_000).utf8)
    let delivery = await Courier().send(
      large,
      to: try address("rasa@example.com"),
      through: try server(sink.port)
    )
    #expect(delivery == .delivered)
    #expect(try sink.messages() == [Data(large)])
  }

  @Test func `many messages at once all arrive, each once`() async throws {
    let sink = try MailSink()
    let (courier, server, rasa) = (Courier(), try server(sink.port), try address("rasa@example.com"))
    await withTaskGroup(of: Delivery.self) { group in
      for number in 0..<40 {
        let own = Array("Subject: \(number)\r\n\r\n".utf8)
        group.addTask { await courier.send(own, to: rasa, through: server) }
      }
      for await delivery in group { #expect(delivery == .delivered) }
    }
    #expect(try Set(sink.messages()).count == 40)
  }

  @Test(arguments: [MailSecurity.startTLS, .implicitTLS])
  func `a message travels encrypted, with sign-in`(_ security: MailSecurity) async throws {
    let sink = try MailSink(
      "--tls",
      security == .startTLS ? "starttls" : "implicit",
      "--login",
      "ona:correct horse"
    )
    let courier = Courier(limits: CourierLimits(authorities: sink.authority))
    let good = try server(sink.port, security, host: "localhost", password: "correct horse")
    #expect(await courier.send(message, to: try address("rasa@example.com"), through: good) == .delivered)
    let facts = try sink.facts()
    #expect(facts.tls && facts.login == "ona")
  }

  @Test func `a wrong password is a matter of the settings, so that messages wait`() async throws {
    let sink = try MailSink("--tls", "starttls", "--login", "ona:correct horse")
    let courier = Courier(limits: CourierLimits(authorities: sink.authority))
    let wrong = try server(sink.port, .startTLS, host: "localhost", password: "battery staple")
    let delivery = await courier.send(message, to: try address("rasa@example.com"), through: wrong)
    #expect(delivery == .temporaryFailure(DeliveryFault(.signInRefused, code: 535)))
    let none = try server(sink.port, .startTLS, host: "localhost")
    let without = await courier.send(message, to: try address("rasa@example.com"), through: none)
    #expect(without == .temporaryFailure(DeliveryFault(.signInRefused, code: 530)))
    #expect(try sink.messages().isEmpty)
  }

  @Test func `nothing is said to a server that takes STARTTLS away`() async throws {
    let sink = try MailSink()
    let stripped = try server(sink.port, .startTLS, host: "localhost", password: "correct horse")
    let delivery = await Courier().send(message, to: try address("rasa@example.com"), through: stripped)
    #expect(delivery == .temporaryFailure(DeliveryFault(.notEncrypted)))
    #expect(try sink.messages().isEmpty)
  }

  @Test(arguments: [MailSecurity.startTLS, .implicitTLS])
  func `a certificate of an unknown authority is refused`(_ security: MailSecurity) async throws {
    let sink = try MailSink("--tls", security == .startTLS ? "starttls" : "implicit")
    let unknown = try server(sink.port, security, host: "localhost")
    let delivery = await Courier().send(message, to: try address("rasa@example.com"), through: unknown)
    #expect(delivery == .temporaryFailure(DeliveryFault(.certificateRefused)))
    #expect(try sink.messages().isEmpty)
  }

  @Test(arguments: [MailSecurity.startTLS, .implicitTLS])
  func `a certificate for another name is refused`(_ security: MailSecurity) async throws {
    let sink = try MailSink(
      "--tls",
      security == .startTLS ? "starttls" : "implicit",
      "--host",
      "mail.example.test"
    )
    let courier = Courier(limits: CourierLimits(authorities: sink.authority))
    let other = try server(sink.port, security, host: "localhost")
    let delivery = await courier.send(message, to: try address("rasa@example.com"), through: other)
    #expect(delivery == .temporaryFailure(DeliveryFault(.certificateRefused)))
    #expect(try sink.messages().isEmpty)
  }

  @Test func `a refusal for now and a refusal for good are told apart, without the server's words`()
    async throws
  {
    let sink = try MailSink()
    let (courier, server) = (Courier(), try server(sink.port))
    let later = await courier.send(message, to: try address("temp@example.com"), through: server)
    #expect(later == .temporaryFailure(DeliveryFault(.recipientRefused, code: 451)))
    let never = await courier.send(message, to: try address("perm@example.com"), through: server)
    #expect(never == .permanentFailure(DeliveryFault(.recipientRefused, code: 550)))
    #expect(!"\(never)".contains("perm@") && !String(reflecting: never).contains("perm@"))
    for (code, expected) in [
      (452, Delivery.temporaryFailure(DeliveryFault(.messageRefused, code: 452))),
      (554, .permanentFailure(DeliveryFault(.messageRefused, code: 554))),
    ] {
      let refused = Array("X-Refuse: \(code)\r\n\r\nText\r\n".utf8)
      #expect(await courier.send(refused, to: try address("rasa@example.com"), through: server) == expected)
    }
    let relay = await courier.send(message, to: try address("relay@example.com"), through: server)
    #expect(
      relay == .temporaryFailure(DeliveryFault(.relayRefused, code: 554)),
      "that is not about the recipient"
    )
    #expect(DeliveryFault(.relayRefused).cause.isOfSettings)
    let barred = try self.server(sink.port, sender: "barred@example.test")
    let settings = await courier.send(message, to: try address("rasa@example.com"), through: barred)
    #expect(settings == .temporaryFailure(DeliveryFault(.senderRefused, code: 553)))
    #expect(try sink.messages().isEmpty)
  }

  @Test func `no server, and a silent one, are failures for now`() async throws {
    let gone = try MailSink().port
    let courier = Courier(limits: CourierLimits(connect: .seconds(1), whole: .seconds(1)))
    let rasa = try address("rasa@example.com")
    let nobody = await courier.send(message, to: rasa, through: try server(gone))
    #expect(nobody == .temporaryFailure(DeliveryFault(.unreachable)))
    let silent = try MailSink("--silent")
    let waited = await courier.send(message, to: rasa, through: try server(silent.port))
    #expect(waited == .temporaryFailure(DeliveryFault(.timedOut)))
  }

  @Test func `closing breaks off what is under way and answers what waits`() async throws {
    let silent = try MailSink("--silent")
    let patient = CourierLimits(connect: .seconds(600), whole: .seconds(600))
    let courier = Courier(threads: 1, limits: patient)
    let (server, rasa) = (try server(silent.port), try address("rasa@example.com"))
    let message = message
    let started = ContinuousClock.now
    async let first = courier.send(message, to: rasa, through: server)
    async let second = courier.send(message, to: rasa, through: server)
    try await Task.sleep(for: .milliseconds(200))
    await courier.close()
    let answers = await [first, second, courier.send(message, to: rasa, through: server)]
    #expect(answers.allSatisfy { $0 == .temporaryFailure(DeliveryFault(.closed)) })
    #expect(ContinuousClock.now - started < .seconds(300), "libcurl alone would wait 600 s")
  }
}
