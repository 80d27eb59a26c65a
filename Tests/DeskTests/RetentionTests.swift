import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// Answers go when their question said they would; the rest of the contact stays readable.
@Suite(.onEachEngine) struct RetentionTests {
  private func shop() async throws -> Shop {
    var business = try SpareHands.business()
    let visit = try #require(business.services.firstIndex { $0.id.text == "visit" })
    var floor = try #require(business.services[visit].questions.first)
    floor.id = try slug("floor")
    floor.retention = 30
    business.services[visit].questions.append(floor)
    return try await Shop(business)
  }

  private func visit(_ shop: Shop) async throws -> BookingTicket {
    var contact = Cast.rasa
    contact.address = "Tilto g. 9, Vilnius"
    contact.answers = ["door": "the green one", "floor": "third"]
    return try await shop.book("visit", at: try at(2, "10:00"), for: contact)
  }

  @Test func `each answer is erased on its own day, with one entry`() async throws {
    let shop = try await shop()
    let ona = try await shop.person("ona")
    let ticket = try await visit(shop)
    for (moment, left) in [(try at(2, "11:00") + .days(7), ["third"]), (try at(2, "11:00") + .days(30), [])] {
      shop.clock.set(moment - 1)
      #expect(try await shop.leavesNothing { try await shop.desk.eraseOverdueAnswers() } == 0)
      shop.clock.set(moment)
      try await shop.leaves(.answersErased) { try await shop.desk.eraseOverdueAnswers() }
      #expect(try await shop.entries().last?.records == ["subject/\(ticket.booking.subject)"])
      let opened = try await shop.desk.openBooking(ticket.booking.id, by: ona)
      #expect(opened.answers.map(\.answer) == left)
      #expect(opened.firstName == "Rasa" && opened.address == "Tilto g. 9, Vilnius")
    }
    #expect(try await shop.desk.searchCustomers("Jankausk", by: ona).count == 1)
    #expect(try await shop.count("contact WHERE answers IS NOT NULL OR answers_until IS NOT NULL") == 0)
  }

  @Test func `a visit that is moved keeps its answers until then`() async throws {
    let shop = try await shop()
    let ona = try await shop.person("ona")
    let ticket = try await visit(shop)
    let later = try at(2, "10:00") + .days(14)
    _ = try await shop.desk.rescheduleBooking(
      ticket.booking.id,
      version: 1,
      start: later,
      staff: nil,
      by: ona
    )
    shop.clock.set(try at(2, "11:00") + .days(8))
    #expect(try await shop.desk.eraseOverdueAnswers() == 0)
    shop.clock.set(later + .hours(1) + .days(7))
    #expect(try await shop.desk.eraseOverdueAnswers() == 1)
  }

  @Test func `customers whose keys are destroyed hold up nobody's erasure`() async throws {
    let shop = try await shop()
    for start in try [at(2, "10:00"), at(2, "11:00"), at(2, "12:00")] {
      var contact = Cast.rasa
      contact.address = "Tilto g. 9, Vilnius"
      contact.answers = ["door": "the green one", "floor": "third"]
      let ticket = try await shop.book("visit", at: start, for: contact)
      if start != (try at(2, "12:00")) { try await shop.destroyKeys(of: ticket.booking.subject) }
    }
    shop.clock.set(try at(2, "13:00") + .days(31))
    #expect(try await shop.desk.eraseOverdueAnswers() == 3)
    #expect(try await shop.desk.eraseOverdueAnswers() == 0)
    #expect(try await shop.count("contact WHERE answers IS NOT NULL") == 0)
  }
}
