import Booking
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// What a customer who has proved their address is shown: everything of theirs, and nothing of anybody else.
@Suite(.serialized, .onEachEngine) struct OwnBookingsTests {
  @Test func `bookings of the address are shown, of every contact that has it, and of nobody else`()
    async throws
  {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    var visit = Cast.rasa
    visit.address = "Tilto g. 9, Vilnius"
    visit.answers = ["door": "the green one"]
    let first = try await shop.book("visit", at: try at(2, "10:00"), for: visit)
    let second = try await shop.book(
      at: try at(3, "10:00"),
      with: "tadas",
      for: ContactForm(name: "R. Jankauskienė", email: "RASA@example.com")
    )
    for (number, email) in [
      "rasa@example.co", "rasa.k@example.com", "xrasa@example.com", "marius@example.com",
    ].enumerated() {
      try await shop.book(
        "class",
        at: try at(2, "\(10 + number):00"),
        for: ContactForm(name: "Other \(number)", email: email)
      )
    }
    let customer = try await shop.customer("rasa@example.com")
    let own = try #require(
      try await shop.leaves(.customerOpened) { try await shop.desk.openOwnBookings(by: customer) }
    )
    #expect(own.bookings.map(\.booking.id) == [second.booking.id, first.booking.id])
    #expect(own.email.lowercased() == "rasa@example.com")
    #expect(Set(own.names) == ["Rasa Jankauskienė", "R. Jankauskienė"])
    #expect(own.phones == ["+37060000001"] && own.addresses == ["Tilto g. 9, Vilnius"])
    #expect(own.bookings[1].answers.map(\.question) == ["Which door?"])
    #expect(own.bookings[1].answers.map(\.answer) == ["the green one"])
    #expect(own.bookings[1].answers.first?.until == first.booking.served.end + .days(7))
    #expect(own.bookings.allSatisfy { $0.manageURL != nil })

    let entry = try #require(try await shop.entries().last)
    #expect(entry.actor == "contact/\(customer.subject)")
    #expect(entry.records.filter { $0.hasPrefix("booking/") }.count == 2)
    #expect(entry.records.filter { $0.hasPrefix("subject/") }.count == 2)
    #expect(entry.fields.sorted() == ["address", "answers", "email", "name", "phone"])
    #expect(entry.text.contains("\"purpose\":\"customers-request\""))
  }

  @Test func `the way to each coming booking opens that one, and what is over or cancelled has none`()
    async throws
  {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    let coming = try await shop.book(at: try at(2, "10:00"))
    let cancelled = try await shop.book(at: try at(3, "10:00"))
    _ = try await shop.desk.cancelManagedBooking(code: try shop.code(cancelled), version: 1)
    let customer = try await shop.customer("rasa@example.com")
    var own = try await shop.desk.openOwnBookings(by: customer)
    let urls = own.bookings.compactMap(\.manageURL)
    #expect(urls.count == 1)
    let opened = try await shop.desk.openManagedBooking(code: try fragment(of: try #require(urls.first)))
    #expect(opened.id == coming.booking.id && !opened.mayConfirm)
    shop.clock.set(try at(2, "11:00"))
    own = try await shop.desk.openOwnBookings(by: customer)
    #expect(own.bookings.count == 2 && own.bookings.allSatisfy { $0.manageURL == nil })
  }

  @Test func `what is booked while signed in is shown at once, confirmed or not`() async throws {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    try await shop.book(at: try at(2, "10:00"))
    let customer = try await shop.customer("rasa@example.com")
    let newest = try await shop.book(at: try at(3, "10:00"))
    let own = try await shop.desk.openOwnBookings(by: customer)
    #expect(own.bookings.first?.booking.id == newest.booking.id)
    #expect(try await shop.count("contact WHERE confirmed_at IS NULL") == 1, "looking confirms nothing")
  }

  @Test func `what staff booked for somebody who gave this address is theirs too`() async throws {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    let request = try shop.request(at: try at(2, "10:00"))
    let booked = try await shop.desk.bookForCaller(request, by: try await shop.person("ona"))
    let customer = try await shop.customer("rasa@example.com")
    let own = try await shop.desk.openOwnBookings(by: customer)
    #expect(own.bookings.map(\.booking.id) == [booked.booking.id])
  }
}
