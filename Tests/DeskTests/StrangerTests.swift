import Audit
import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// What somebody who types another's address can reach: nothing (V35), until an address is confirmed.
@Suite(.onEachEngine) struct StrangerTests {
  let shop: Shop
  let ona: StaffPerson
  /// Rasa's booking, confirmed by her mail.
  let rasas: BookingTicket

  init() async throws {
    shop = try await Shop()
    ona = try await shop.person("ona")
    rasas = try await shop.book(at: try at(2, "09:00"))
    _ = try await shop.desk.confirmContact(code: try shop.mailedCode(rasas))
  }

  @Test func `a public booking with a customer's address leaves the customer's row as it was, byte for byte`()
    async throws
  {
    let before = try await shop.picture().filter { $0.hasPrefix("contact ") }
    let posing = ContactForm(name: "Marius", email: "RASA@example.com", phone: "+370 600 00001")
    let ticket = try await shop.book(at: try at(2, "14:00"), for: posing)
    #expect(ticket.booking.subject != rasas.booking.subject)
    #expect(try await shop.picture().filter { $0.hasPrefix("contact ") }.filter(before.contains) == before)
    #expect(try await shop.count("contact") == 2)
    let unconfirmed = "contact WHERE confirmed_at IS NULL"
    #expect(try await shop.count(unconfirmed) == 1)
    #expect(try await shop.count(unconfirmed + " AND email_index IS NULL AND phone_index IS NULL") == 1)
  }

  @Test func `a confirmed contact has its indexes, an unconfirmed one none`() async throws {
    try await shop.book(at: try at(2, "14:00"), for: Cast.marius)
    let confirmed =
      "contact WHERE confirmed_at IS NOT NULL AND email_index IS NOT NULL AND phone_index IS NOT NULL"
    let unconfirmed = "contact WHERE confirmed_at IS NULL AND email_index IS NULL AND phone_index IS NULL"
    #expect(try await shop.count(confirmed) == 1)
    #expect(try await shop.count(unconfirmed) == 1)
    #expect(try await shop.count("contact") == 2)
  }

  @Test func `the unconfirmed are found too, and are not shown as the customer whose address they typed`()
    async throws
  {
    let posing = ContactForm(name: "Marius Petrauskas", email: "rasa@example.com", phone: "+370 600 00009")
    let posed = try await shop.book(at: try at(2, "14:00"), for: posing)
    try await shop.book(at: try at(2, "16:00"), for: Cast.marius)
    for _ in 0..<2 {
      let found = try await shop.desk.searchCustomers("rasa@example.com", by: ona)
      #expect(found.count == 2)
      let rasa = try #require(found.first { $0.name == "Rasa Jankauskienė" })
      #expect(rasa.phone == "+37060000001" && rasa.bookings.map(\.id) == [rasas.booking.id])
      let other = try #require(found.first { $0.name == "Marius Petrauskas" })
      #expect(other.phone == "+37060000009" && other.bookings.map(\.id) == [posed.booking.id])
    }
    // The same customer again, once confirmed, is one.
    let again = try await shop.book(at: try at(1, "14:00"))
    _ = try await shop.desk.confirmContact(code: try shop.mailedCode(again))
    let confirmed = try await shop.desk.searchCustomers("rasa@example.com", by: ona)
    #expect(confirmed.first { $0.name == "Rasa Jankauskienė" }?.bookings.count == 2)
    #expect(
      try await shop.desk.searchCustomers("+370 600 00009", by: ona).map(\.name) == ["Marius Petrauskas"]
    )
  }

  @Test func `another process finds the unconfirmed by opening them`() async throws {
    let other = try await shop.another()
    try await shop.book(at: try at(2, "14:00"), for: Cast.marius)
    #expect(
      try await other.searchCustomers("marius@example.com", by: ona).map(\.name) == ["Marius Petrauskas"]
    )
    try await shop.book(at: try at(2, "16:00"), for: Cast.customer(5))
    #expect(try await other.searchCustomers("customer5@example.com", by: ona).map(\.name) == ["Customer 5"])
  }

  @Test func `a customer's limit counts the confirmed and the unconfirmed, by mail or phone`() async throws {
    try await shop.book("lesson", at: try at(1, "09:00"))
    let second = try await shop.book("lesson", at: try at(1, "11:00"))
    _ = try await shop.desk.confirmContact(code: try shop.mailedCode(second))
    let newMail = ContactForm(name: "R. J.", email: "rasa.j@example.com", phone: "+370 600 00001")
    for contact in [Cast.rasa, newMail] {
      try await shop.leaves(.bookingMade, .slotTaken) {
        try await shop.book("lesson", at: try at(2, "11:00"), for: contact)
      }
    }
    try await shop.book("lesson", at: try at(2, "11:00"), for: Cast.marius)
    try await shop.book("lesson", at: try at(7, "11:00"))
    // Another process counts the same.
    let other = try await shop.another()
    let refused = try await refusal {
      try await other.bookSlot(try shop.request("lesson", at: try at(3, "11:00")), by: .stranger(network: ""))
    }
    #expect(refused?.code == .slotTaken)
  }

  @Test func `erased customers are gone from every search and list`() async throws {
    try await shop.destroyKeys(of: rasas.booking.subject)
    #expect(try await shop.desk.searchCustomers("rasa@example.com", by: ona).isEmpty)
    #expect(try await shop.desk.searchCustomers("Jankausk", by: ona).isEmpty)
    let day = try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: ona)
    #expect(day.people.flatMap(\.visits).map(\.firstName) == [""])
  }

  @Test func `a contact committed after one with a higher number is found as well`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let number = try await shop.count("contact")
    // As if Rasa's number had been drawn after Marius's, whose transaction lasted longer.
    try await shop.tamper("UPDATE contact SET number = \(number + 1) WHERE number = \(number)")
    #expect(try await shop.desk.searchCustomers("rasa@example.com", by: ona).count == 1)
    try await shop.book(at: try at(2, "10:00"), with: "milda", for: Cast.marius)
    try await shop.tamper("UPDATE contact SET number = \(number) WHERE number = \(number + 2)")
    #expect(try await shop.desk.searchCustomers("marius@example.com", by: ona).count == 1)
    #expect(try await shop.desk.searchCustomers("rasa@example.com", by: ona).count == 1)
  }

  @Test func `what nobody confirmed in thirty days is found by address no more`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.book(at: try at(2, "10:00"))
    #expect(try await shop.desk.searchCustomers("rasa@example.com", by: ona).count == 1)
    shop.clock.move(.days(31))
    try await shop.book(at: try at(2, "10:00") + .days(35), for: Cast.marius)
    #expect(try await shop.desk.searchCustomers("marius@example.com", by: ona).count == 1)
    #expect(try await shop.desk.searchCustomers("rasa@example.com", by: ona).isEmpty)
  }

  @Test func `a number that never turns up is waited for a minute, not for ever`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.book(at: try at(2, "10:00"))
    try await shop.tamper("UPDATE contact SET number = number + 3")
    _ = try await shop.desk.searchCustomers("rasa@example.com", by: ona)
    for (later, isAwaited) in [(30, true), (61, false)] {
      shop.clock.move(later)
      let statements = try await shop.statements.during {
        let found = try await shop.desk.searchCustomers("rasa@example.com", by: ona)
        #expect(found.count == 1)
      }
      #expect(statements.contains { $0.contains("OR number IN") } == isAwaited, "\(statements)")
    }
  }

  @Test func `contacts that staff made are not waited for in every search`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    for hour in ["09:00", "11:00", "13:00"] {
      let called = try shop.request(
        "repair",
        at: try at(2, hour),
        with: "tadas",
        for: ContactForm(name: "Caller")
      )
      _ = try await shop.desk.bookForCaller(called, by: ona)
    }
    try await shop.book(at: try at(2, "15:00"), with: "tadas")
    #expect(try await shop.desk.searchCustomers("rasa@example.com", by: ona).count == 1)
    let statements = try await shop.statements.during {
      let found = try await shop.desk.searchCustomers("rasa@example.com", by: ona)
      #expect(found.count == 1)
    }
    #expect(!statements.contains { $0.contains("OR number IN") }, "\(statements)")
  }
}
