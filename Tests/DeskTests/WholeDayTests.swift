import Audit
import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// One long day in which everything happens once, and what its record must never hold.
@Suite(.onEachEngine) struct WholeDayTests {
  private let personal = [
    "Rasa", "Jankausk", "rasa@example.com", "60000001", "600 00001", "Marius", "Petrausk",
    "marius@example.com",
    "60000002", "Tilto", "the green one", "ona@example.test", "tadas@example.test", "lantern", "192.0.2",
    "203.0.113",
    "a very secret", "otpauth",
  ]

  @Test func `every act leaves its entry, and no entry holds anything personal`() async throws {
    let shop = try await Shop()
    try await publicDay(shop)
    try await customersDay(shop)
    try await staffDay(shop)
    try await shop.accessDay()
    try await upkeep(shop)

    let entries = try await shop.entries()
    let permits = try await Shop.withRoles()
    try await permits.permitsDay()
    let all = entries + (try await permits.entries())
    let missing = Set(ActName.allCases.map(\.rawValue)).subtracting(all.map(\.act))
    #expect(missing == [], "\(missing)")
    #expect(Set(all.map(\.act)).count == ActName.allCases.count)
    for word in personal {
      #expect(!all.contains { $0.text.contains(word) }, "\(word) is in the record")
    }
    for entry in all where entry.outcome != "done" && entry.outcome != "too_many" {
      #expect(RefusalCode(rawValue: entry.outcome) != nil)
    }
    let report = try await shop.audit()
    #expect(report.holds && report.entries == entries.count && report.checkpointsMatched == 1)

    // Nor does any other column that is not sealed.
    let clear =
      try await shop.texts("SELECT service || visitor_zone || made_by || state FROM booking")
      + shop.texts("SELECT document FROM business")
      + shop.blobs("SELECT idempotency FROM booking").map { String(decoding: $0, as: UTF8.self) }
    for word in personal { #expect(!clear.contains { $0.contains(word) }, "\(word) is in clear") }
  }

  private func publicDay(_ shop: Shop) async throws {
    let desk = shop.desk
    let network = "192.0.2.0/24"
    var visit = Cast.rasa
    visit.address = "Tilto g. 9, Vilnius"
    visit.answers = ["door": "the green one"]
    let request = try shop.request("visit", at: try at(2, "10:00"), for: visit, key: "rasa@example.com")
    let ticket = try await desk.bookSlot(request, by: .stranger(network: network))
    _ = try await refusal { try await desk.bookSlot(request, by: .stranger(network: network)) }
    _ = try await desk.confirmContact(code: try shop.mailedCode(ticket))
    let moved = try await desk.rescheduleManagedBooking(
      code: try shop.code(ticket),
      version: 1,
      start: try at(2, "12:00")
    )
    _ = try await desk.cancelManagedBooking(code: try shop.code(ticket), version: moved.booking.version)
    try await desk.recordThrottling()
    _ = try await refusal { try await desk.cancelManagedBooking(code: "rasa@example.com", version: 1) }
    _ = try await refusal { try await shop.book(at: try at(2, "10:00"), for: ContactForm(name: "Rasa\u{0}")) }
  }

  private func staffDay(_ shop: Shop) async throws {
    let desk = shop.desk
    let ona = try await shop.signIn(for: "ona")
    let code = ona.totp.code(at: shop.clock.now())
    let token = try await desk.signIn(
      email: ona.email,
      password: ona.password,
      code: code,
      network: "203.0.113.0/24"
    )
    _ = try await refusal {
      try await desk.signIn(
        email: "rasa@example.com",
        password: "lantern",
        code: "1",
        network: "192.0.2.0/24"
      )
    }
    let person = try #require(try await desk.person(token: token))
    var caller = Cast.marius
    caller.address = "Tilto g. 9, Vilnius"
    caller.answers = ["door": "the green one"]
    let visit = try shop.request("visit", at: try at(2, "14:00"), for: caller)
    let ticket = try await desk.bookForCaller(visit, by: person)
    let id = ticket.booking.id
    _ = try await desk.openDay(try day("2026-11-25"), staff: nil, by: person)
    _ = try await desk.openBooking(id, by: person)
    _ = try await desk.revealContact(id, by: person)
    let morning = shop.clock.now()
    shop.clock.set(try at(2, "13:00"))
    _ = try await desk.markBooking(id, .arrived, version: 1, by: person)
    shop.clock.set(morning)
    for query in ["marius@example.com", "+370 600 00002", "Petrausk", "Rasa"] {
      _ = try await desk.searchCustomers(query, by: person)
    }
    let blocked = try await desk.blockTimeOff(
      staff: try slug("milda"),
      from: try at(2, "09:00"),
      to: try at(2, "18:00"),
      by: person
    )
    try await desk.liftTimeOff(blocked.timeOff.id, by: person)
    _ = try await desk.exportBusiness(by: .commandLine)
    try await desk.signOut(person)
  }

  private func upkeep(_ shop: Shop) async throws {
    let desk = shop.desk
    let ona = try await shop.person("ona")
    _ = try await refusal { try await desk.listPeople(by: try await shop.person("tadas")) }
    let sink = try MailSink()
    let form = MailServerForm(
      host: "127.0.0.1",
      port: String(sink.port),
      security: "none-on-loopback",
      username: "",
      password: "",
      sender: "hello@example.test"
    )
    try await desk.setMailServer(form, by: ona)
    _ = try await desk.openMailOverview(by: ona)
    _ = try await desk.tryMailServer(by: ona)
    #expect(try await desk.deliverMessages() > 0)
    _ = try await desk.requeueFailedMessages(by: ona)
    shop.clock.move(.days(30))
    #expect(try await desk.eraseOverdueAnswers() > 0)
    while try await desk.eraseOverdueAnswers() > 0 {}
    #expect(try await shop.count("contact WHERE answers IS NOT NULL") == 0)
    // What is left still opens.
    #expect(try await desk.searchCustomers("Petrausk", by: ona).map(\.name) == ["Marius Petrauskas"])
  }
}
