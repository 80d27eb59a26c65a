import Audit
import Booking
import People
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

/// Messages about signing in: from the row that an act posts to a mail server that nobody here wrote.
@Suite(.serialized, .onEachEngine) struct NoticeTests {
  @discardableResult
  private func post(
    _ kind: NoticeKind,
    to recipient: NoticeRecipient,
    about: Identifier,
    _ detail: String = "",
    lasting: Int = .hours(24),
    in shop: Shop
  ) async throws -> Identifier {
    let now = shop.clock.now()
    let id = Identifier(at: now)
    try await shop.raw.change {
      try $0.post(
        NoticeRow(
          id: id,
          kind: kind,
          recipient: recipient,
          about: about,
          detail: detail,
          dueAt: now,
          expiresAt: now + lasting
        )
      )
    }
    return id
  }

  private func staff(_ id: String) throws -> NoticeRecipient { .staff(try slug(id)) }

  /// Somebody's unusual sign-in, as signing in writes it.
  private func session(of staff: String, in shop: Shop) async throws -> Identifier {
    let now = shop.clock.now()
    let (device, id) = (Identifier(at: now), Identifier(at: now))
    let staff = try slug(staff)
    try await shop.raw.change { changes in
      try changes.add(
        DeviceRow(id: device, staff: staff, kind: "Firefox on Linux", network: [1], madeAt: now, seenAt: now),
        tokenHash: Array(repeating: 1, count: 32)
      )
      try changes.add(
        SessionRecord(
          id: id,
          staff: staff,
          device: device,
          method: .password,
          network: [1],
          startedAt: now,
          seenAt: now,
          provedAt: now,
          unusual: [.newDevice, .afterFailures]
        ),
        tokenHash: Array(repeating: 2, count: 32)
      )
    }
    return id
  }

  /// The first link in a mail.
  private func link(in mail: ReceivedMail) throws -> String {
    String(try #require(mail.text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }))
  }

  @Test func `an invitation is mailed to the address it is bound to, and its link opens it (R17)`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let made = try await shop.desk.invite(try slug("tadas"), by: .commandLine)
    let before = try await shop.entries().count
    #expect(try await shop.desk.deliverMessages() == 1)
    let entries = try await shop.entries(from: before)
    #expect(entries.map(\.act) == ["notice.opened", "notice.settled"])
    #expect(entries[0].records.contains("staff/tadas") && entries[0].fields == ["email"])
    let mail = try #require(try sink.messages().first)
    #expect(mail.header("To")?.contains("tadas@example.test") == true)
    #expect(mail.header("From")?.contains("Spare Hands") == true)
    #expect(try link(in: mail) == made)
    #expect(try await shop.desk.openInvite(try fragment(of: try link(in: mail))).staff.text == "tadas")
  }

  @Test
  func
    `a sign-in is told to the person with "this was not me", and to the owner with the way to end it (R38)`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let session = try await session(of: "tadas", in: shop)
    try await post(.newSignIn, to: try staff("tadas"), about: session, in: shop)
    try await post(.othersSignIn, to: try staff("ona"), about: session, in: shop)
    #expect(try await shop.desk.deliverMessages() == 2)
    let mails = try sink.messages()
    let own = try #require(mails.first { $0.header("To")?.contains("tadas@") == true })
    let link = try link(in: own)
    #expect(link.hasPrefix("http://localhost:8080/staff/spare-hands/not-me#"))
    let code = try #require(LinkCode(try fragment(of: link)))
    #expect(code.row == session && shop.desk.ring.isGenuine(code, for: .disown))
    #expect(own.text.contains("Firefox on Linux") && own.text.contains("Monday, 23 November 2026, 08:00"))
    #expect(own.text.contains("failed tries") && own.text.contains("not been used for this before"))
    let others = try #require(mails.first { $0.header("To")?.contains("ona@") == true })
    #expect(others.text.contains("signed in as Tadas") && !others.text.contains("#"))
    #expect(try self.link(in: others) == "http://localhost:8080/staff/spare-hands/people/tadas")
  }

  @Test
  func `a change of access is told to the person and the owner; who has left hears that and nothing else`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let session = try await session(of: "tadas", in: shop)
    try await post(.accessChanged, to: try staff("tadas"), about: session, "passkey-added", in: shop)
    try await post(.othersAccessChanged, to: try staff("ona"), about: session, "passkey-added", in: shop)
    try await post(.accessChanged, to: try staff("tadas"), about: session, "a word of tomorrow", in: shop)
    #expect(try await shop.desk.deliverMessages() == 3, "no warning is dropped for a word")
    try await shop.tamper("UPDATE staff SET active = 0 WHERE id = 'milda'")
    try await post(.accessChanged, to: try staff("milda"), about: session, "left", in: shop)
    try await post(.accessChanged, to: try staff("milda"), about: session, "passkey-added", in: shop)
    try await post(.newSignIn, to: try staff("milda"), about: session, in: shop)
    #expect(try await shop.desk.deliverMessages() == 1)
    #expect(try await shop.count("notice WHERE state = 'sent'") == 4)
    #expect(try await shop.count("notice") == 4, "what nobody is left to be told is withdrawn")
    let texts = try sink.messages().map(\.text)
    #expect(texts.contains { $0.contains("A passkey was added to the sign-in of Tadas.") })
    #expect(texts.last?.contains("Your access has ended") == true)
  }

  @Test func `whatever a notice is about, it is known whose it is`() async throws {
    let shop = try await Shop()
    let session = try await session(of: "tadas", in: shop)
    let invite = try #require(
      LinkCode(try fragment(of: try await shop.desk.invite(try slug("milda"), by: .commandLine)))
    ).row
    let subject = try #require(try await shop.raw.read { try $0.staffAccount(try slug("ona")) }).subject
    let holders = try await shop.raw.read { records in
      try [session, invite, subject, Identifier(high: 1, low: 1)].map { try records.holder(of: $0)?.text }
    }
    #expect(holders == ["tadas", "milda", "ona", nil])
  }

  @Test func `a finding is told as long as nobody has settled it (R14)`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let now = shop.clock.now()
    let (open, settled) = (Identifier(at: now), Identifier(at: now))
    let tadas = try slug("tadas")
    try await shop.raw.change { changes in
      for id in [open, settled] {
        try changes.run(
          "INSERT INTO finding (id, kind, staff, signs, found_at) VALUES (\(id), 'shared-login', \(tadas), 'x', \(now))"
        )
      }
      try changes.run(
        "UPDATE finding SET settled_at = \(now), settled_as = 'explained' WHERE id = \(settled)"
      )
    }
    for id in [open, settled] { try await post(.sharedLogin, to: try staff("ona"), about: id, in: shop) }
    #expect(try await shop.desk.deliverMessages() == 1)
    #expect(try sink.messages().first?.text.contains("sign-in of Tadas") == true)
    #expect(try await shop.count("notice") == 1)
  }

  @Test func `a customer's link is mailed to the address of the booking, not to the one that was typed`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    try await shop.book(at: try at(2, "10:00"))
    try await shop.desk.deliverMessages()
    try await shop.ask("RASA@EXAMPLE.COM")
    #expect(try await shop.desk.deliverMessages() == 1)
    let mail = try #require(try sink.messages().last)
    #expect(mail.header("To")?.contains("<rasa@example.com>") == true)
    #expect(!mail.text.contains("600 00001") && !mail.text.contains("60000001"))
    let link = try link(in: mail)
    #expect(link.hasPrefix("http://localhost:8080/my/spare-hands/open#"))
    let token = try await shop.desk.takeCustomerLink(try fragment(of: link))
    #expect(try await shop.desk.customer(token: token) != nil)
    #expect(try await shop.audit().holds)
  }

  @Test func `what was used or is over by the time of its mail is withdrawn, not sent`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(port: 1)
    try await shop.book(at: try at(2, "10:00"))
    try await shop.tamper("DELETE FROM outbox")
    _ = try await shop.desk.takeCustomerLink(try await shop.link(for: "rasa@example.com"))
    try await shop.ask("rasa@example.com")
    let session = try await session(of: "tadas", in: shop)
    try await post(.newSignIn, to: try staff("tadas"), about: session, lasting: 60, in: shop)
    shop.clock.move(30 * 60)
    try await shop.sendMail(to: sink)
    let before = try await shop.entries().count
    #expect(try await shop.desk.deliverMessages() == 0)
    #expect(Set(try await shop.entries(from: before).map(\.act)) == ["notice.settled"], "nothing was opened")
    #expect(try await shop.count("notice") == 0)
    #expect(try sink.messages().isEmpty)
  }

  @Test
  func
    `a notice that cannot be delivered is tried again while it says something, counted, and sent on request`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    try await shop.book(at: try at(2, "10:00"), for: ContactForm(name: "Rasa", email: "temp@example.com"))
    try await shop.tamper("DELETE FROM outbox")
    try await shop.ask("temp@example.com")
    #expect(try await shop.desk.deliverMessages() == 0)
    #expect(try await shop.desk.openMailOverview(by: try await shop.person("ona")).waiting == 1)
    for minutes in [1, 5, 15] {
      shop.clock.move(minutes * 60)
      #expect(try await shop.desk.deliverMessages() == 0)
    }
    #expect(try await shop.texts("SELECT state FROM notice") == ["failed"], "an hour later the link is over")
    let failed = try await shop.desk.mailState().failed
    #expect(failed.all == 1 && failed.open == 1)
    let ona = try await shop.person("ona")
    #expect(
      try await shop.leaves(.messagesRequeued) { try await shop.desk.requeueFailedMessages(by: ona) } == 1
    )
    #expect(try await shop.texts("SELECT state FROM notice") == ["waiting"])
    shop.clock.move(60 * 60)
    #expect(try await shop.desk.deliverMessages() == 0)
    #expect(try await shop.desk.mailState().failed.all == 0, "withdrawn: it is over")

    let session = try await session(of: "tadas", in: shop)
    try await shop.sendMail(port: 1)
    try await post(.newSignIn, to: try staff("tadas"), about: session, in: shop)
    #expect(try await shop.desk.deliverMessages() == 0)
    #expect(try await shop.desk.mailState().heldUp == 1)
    try await shop.sendMail(to: sink)
    #expect(try await shop.desk.deliverMessages() == 1, "a new server is tried at once")
  }

  @Test func `several servers deliver each notice once`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let session = try await session(of: "tadas", in: shop)
    for _ in 0..<6 { try await post(.newSignIn, to: try staff("tadas"), about: session, in: shop) }
    let desks = [shop.desk, try await shop.another(), try await shop.another()]
    let delivered = try await withThrowingTaskGroup(of: Int.self) { group in
      for desk in desks { group.addTask { try await desk.deliverMessages() } }
      return try await group.reduce(0, +)
    }
    #expect(delivered == 6)
    #expect(try sink.messages().count == 6)
    #expect(Set(try sink.messages().compactMap { $0.header("Message-ID") }).count == 6)
  }

  @Test func `settled notices are forgotten after ninety days`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let session = try await session(of: "tadas", in: shop)
    try await post(.newSignIn, to: try staff("tadas"), about: session, in: shop)
    try await shop.desk.deliverMessages()
    shop.clock.move(.days(89))
    try await shop.desk.tidyUp()
    #expect(try await shop.count("notice") == 1)
    shop.clock.move(.days(2))
    try await shop.desk.tidyUp()
    #expect(try await shop.count("notice") == 0)
  }
}
