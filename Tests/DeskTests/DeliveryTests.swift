import Audit
import Booking
import Foundation
import Outgoing
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// From the outbox to a mail server that nobody here wrote.
@Suite(.serialized, .onEachEngine) struct DeliveryTests {
  private func settings(port: Int, host: String = "127.0.0.1", sender: String = "hello@example.test")
    -> MailServerForm
  {
    MailServerForm(
      host: host,
      port: String(port),
      security: "none-on-loopback",
      username: "",
      password: "",
      sender: sender
    )
  }

  @Test func `mail settings are set by the owner, sealed, and shown without the password`() async throws {
    let shop = try await Shop()
    let (ona, jonas) = (try await shop.person("ona"), try await shop.person("jonas"))
    #expect(try await shop.leavesNothing { try await shop.desk.isMailSet() } == false)
    try await shop.leaves(.mailServerOpened) { try await shop.desk.openMailOverview(by: ona) }
    try await shop.leaves(.mailServerOpened, .notAllowed) { try await shop.desk.openMailOverview(by: jonas) }
    var form = settings(port: 587, host: "mail.example.test")
    try await shop.leaves(.mailServerSet, .invalid) { [form] in
      try await shop.desk.setMailServer(form, by: ona)
    }
    form.security = "starttls"
    (form.username, form.password) = ("spare-hands", "a very secret password")
    for wrong in ["0", "x", "70000"] {
      var typed = form
      typed.port = wrong
      try await shop.leaves(.mailServerSet, .invalid) { [typed] in
        try await shop.desk.setMailServer(typed, by: ona)
      }
    }
    try await shop.leaves(.mailServerSet, .notAllowed) { [form] in
      try await shop.desk.setMailServer(form, by: jonas)
    }
    try await shop.leaves(.mailServerSet) { [form] in try await shop.desk.setMailServer(form, by: ona) }
    form.password = ""
    try await shop.leaves(.mailServerSet) { [form] in try await shop.desk.setMailServer(form, by: ona) }
    let overview = try await shop.desk.openMailOverview(by: ona)
    #expect(overview.server?.host == "mail.example.test" && overview.server?.password == "")
    #expect(overview.hasPassword, "an empty password keeps the one before")
    let stored = try await shop.blobs("SELECT settings FROM mail_server")
    #expect(stored.count == 1 && !stored.contains { $0.contains("secret".utf8) })
  }

  @Test func `without a server everything waits and nothing is opened`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.book(at: try at(2, "10:00"))
    #expect(try await shop.leavesNothing { try await shop.desk.deliverMessages() } == 0)
    #expect(try await shop.texts("SELECT DISTINCT state FROM outbox") == ["waiting"])
    #expect(try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: ona).waitingMessages == 1)
    #expect(try await shop.desk.openMailOverview(by: ona).waiting == 1)
    try await shop.leaves(.mailServerTested, .mailNotSet) { try await shop.desk.tryMailServer(by: ona) }
    try await shop.leaves(.mailServerTested, .notAllowed) {
      try await shop.desk.tryMailServer(by: try await shop.person("tadas"))
    }
  }

  @Test func `confirmation, change, cancellation and reminder arrive with a calendar and the checkpoint`()
    async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    let ticket = try await shop.book(at: try at(3, "10:00"), with: "tadas")
    let other = try await shop.book(at: try at(3, "10:00"), with: "milda", for: Cast.marius)
    let before = try await shop.entries().count
    #expect(try await shop.desk.deliverMessages() == 2)
    #expect(
      try await shop.entries(from: before).map(\.act)
        == ["message.opened", "message.settled", "message.opened", "message.settled"]
    )
    let moved = try await shop.desk.rescheduleManagedBooking(
      code: try shop.code(ticket),
      version: 1,
      start: try at(3, "14:00")
    )
    #expect(try await shop.desk.deliverMessages() == 1)
    _ = try await shop.desk.cancelManagedBooking(code: try shop.code(ticket), version: moved.booking.version)
    #expect(try await shop.desk.deliverMessages() == 1)
    #expect(try await shop.desk.deliverMessages() == 0)
    shop.clock.set(try at(2, "10:00"))
    #expect(try await shop.desk.deliverMessages() == 1, "only Marius is reminded")

    let mails = try sink.messages()
    try #require(mails.count == 5)
    let rasas = mails.filter { $0.header("To")?.contains("rasa@example.com") == true }
    #expect(rasas.map { $0.text.contains("METHOD:REQUEST") } == [true, true, false])
    #expect(rasas.map { $0.text.contains("METHOD:CANCEL") } == [false, false, true])
    let sequences = rasas.compactMap { mail in
      mail.text.split(separator: "\n").first { $0.hasPrefix("SEQUENCE:") }.flatMap { Int($0.dropFirst(9)) }
    }
    #expect(sequences.count == 3 && sequences == sequences.sorted() && Set(sequences).count == 3)
    #expect(rasas.allSatisfy { $0.text.contains("UID:\(ticket.booking.id)@localhost") })
    #expect(Set(mails.compactMap { $0.header("Message-ID") }).count == 5)
    let reminder = try #require(mails.last)
    #expect(
      reminder.header("To")?.contains("marius@example.com") == true
        && !reminder.text.contains("BEGIN:VCALENDAR")
    )
    // The mailed link confirms; what the page showed does not.
    let link = try #require(
      rasas[0].text.split(whereSeparator: \.isWhitespace).first { $0.contains("/manage/") }
    )
    try await shop.leaves(.contactConfirmed) {
      try await shop.desk.confirmContact(code: try fragment(of: String(link)))
    }
    #expect(other.manageURL != String(link))

    let witnesses = try mails.map { try checkpoint(in: $0.text) }
    let report = try await shop.audit(witnesses: witnesses)
    #expect(report.holds && report.checkpointsMatched == 6, "\(report.findings)")
  }

  /// The signed note at the end of a mail.
  private func checkpoint(in text: String) throws -> String {
    let lines = text.components(separatedBy: "\n")
    let first = try #require(lines.firstIndex(of: "cloakroom/spare-hands"))
    let last = try #require(lines[first...].firstIndex { $0.hasPrefix("\u{2014} ") })
    return lines[first...last].joined(separator: "\n") + "\n"
  }

  @Test func `a failure for now waits longer each time under one id, one for good is given up`() async throws
  {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    try await shop.book(
      at: try at(0, "14:00"),
      with: "tadas",
      for: ContactForm(name: "Rasa", email: "temp@example.com")
    )
    try await shop.book(
      at: try at(0, "14:00"),
      with: "milda",
      for: ContactForm(name: "Marius", email: "perm@example.com")
    )
    let ids = try await shop.blobs("SELECT id FROM outbox ORDER BY id")
    var pauses: [Int] = []
    #expect(try await shop.desk.deliverMessages() == 0)
    #expect(try await shop.texts("SELECT state FROM outbox ORDER BY state") == ["failed", "waiting"])
    for _ in 0..<8 {
      let due = try await shop.raw.read {
        try $0.first("SELECT due_at FROM outbox WHERE state = 'waiting'") { $0.instant(0) }
      }
      let next = try #require(due)
      pauses.append(next - shop.clock.now())
      shop.clock.set(next - 1)
      #expect(try await shop.leavesNothing { try await shop.desk.deliverMessages() } == 0)
      shop.clock.set(next)
      #expect(try await shop.desk.deliverMessages() == 0)
    }
    #expect(pauses == pauses.sorted() && pauses.first == 60 && pauses.last == 86_400)
    #expect(try await shop.texts("SELECT state FROM outbox") == ["failed", "failed"])
    #expect(try await shop.blobs("SELECT id FROM outbox ORDER BY id") == ids)
    #expect(try sink.messages().isEmpty)
    #expect(try await shop.audit().holds)
  }

  @Test func `several servers deliver each message once, and one that died is taken over`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    for hour in [10, 12, 14] { try await shop.book(at: try at(2, "\(hour):00"), with: "tadas") }
    let desks = [shop.desk, try await shop.another(), try await shop.another()]
    let delivered = try await withThrowingTaskGroup(of: Int.self) { group in
      for desk in desks { group.addTask { try await desk.deliverMessages() } }
      return try await group.reduce(0, +)
    }
    let booked = try await shop.count("outbox WHERE kind = 'confirmation'")
    #expect(booked > 1 && delivered == booked)
    #expect(try sink.messages().count == booked)

    let ticket = try await shop.book(at: try at(3, "10:00"), with: "tadas")
    let now = shop.clock.now()
    try await shop.raw.change { changes in
      let row = try #require(try changes.dueMessages(at: now, atMost: 1).first)
      #expect(row.booking == ticket.booking.id)
      #expect(try changes.claim(row, until: now + 300))
      #expect(try changes.claim(row, until: now + 300) == false, "taken already")
    }
    #expect(try await shop.desk.deliverMessages() == 0)
    shop.clock.move(300)
    #expect(try await shop.desk.deliverMessages() == 1)
  }

  @Test func `everything that is wrong with mail settings is said at once`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    var form = settings(port: 0, host: "not a host", sender: "nobody")
    (form.username, form.security) = ("somebody", "starttls")
    let refused = try await refusal { [form] in try await shop.desk.setMailServer(form, by: ona) }
    #expect(Set(refused?.fields.map(\.path) ?? []) == ["host", "port", "sender", "password"])
  }

  @Test func `one message that cannot be opened holds up no other`() async throws {
    let shop = try await Shop()
    let sink = try MailSink()
    try await shop.desk.setMailServer(settings(port: sink.port), by: .commandLine)
    try await shop.book(at: try at(0, "14:00"), with: "tadas")
    shop.clock.move(1)
    try await shop.book(at: try at(0, "14:00"), with: "milda", for: Cast.marius)
    try await shop.tamper("UPDATE contact SET email = name WHERE number = 1")
    await #expect(throws: (any Error).self) { try await shop.desk.deliverMessages() }
    #expect(try sink.messages().count == 1)
    #expect(try await shop.texts("SELECT state FROM outbox ORDER BY state") == ["sent", "waiting"])
    #expect(try await shop.leavesNothing { try await shop.desk.deliverMessages() } == 0)
  }

  @Test func `the test mail goes to the owner's own address, and a failure is told in words`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    var sink: MailSink? = try MailSink()
    let port = try #require(sink).port
    try await shop.desk.setMailServer(settings(port: port), by: .commandLine)
    let told = try await shop.leaves(.mailServerTested) { try await shop.desk.tryMailServer(by: ona) }
    #expect(told == .some(nil))
    #expect(try sink?.messages().first?.header("To")?.contains("ona@example.test") == true)
    sink = nil
    let before = try await shop.entries().count
    let words = try await shop.desk.tryMailServer(by: ona)
    #expect(words == "the mail server cannot be reached")
    #expect(try await shop.entries(from: before).map(\.outcome) == ["mail_failed"])
  }
}
