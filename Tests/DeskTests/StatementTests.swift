import Booking
import Primitives
import Testing

@testable import Desk

/// How many statements an act may cost, over both databases, its entry included; the head of the tree and the
/// transaction's own BEGIN and COMMIT come once for each merged commit and are not counted.
@Suite(.onEachEngine) struct StatementTests {
  @Test func `free times of a day and of a month cost two statements at most`() async throws {
    let shop = try await Shop()
    try await shop.book(at: try at(2, "10:00"))
    let day = try await shop.statements.during { _ = try await shop.starts("repair", "2026-11-25") }
    #expect(day.count <= 2, "\(day)")
    let span = try #require(Interval(start: try at(0, "00:00"), end: try at(0, "00:00") + .days(31)))
    let question = SlotQuestion(
      service: try slug("repair"),
      staff: try slug("tadas"),
      span: span,
      audience: .visitors
    )
    let month = try await shop.statements.during { _ = try await shop.desk.offers(question) }
    #expect(month.count <= 2, "\(month)")
  }

  @Test(arguments: ["repair", "visit", "class"])
  func `a booking costs six statements at most`(service: String) async throws {
    let shop = try await Shop()
    var contact = Cast.rasa
    if service == "visit" {
      contact.address = "Tilto g. 9, Vilnius"
      contact.answers = ["door": "green"]
    }
    for turn in 0..<2 {
      let start = try at(2, "10:00") + (service == "class" ? 0 : .hours(2 * turn))
      let booking = try shop.request(service, at: start, for: contact, key: "\(turn)")
      let statements = try await shop.statements.during {
        _ = try await shop.desk.bookSlot(booking, by: .stranger(network: ""))
      }
      #expect(statements.count <= 6, "\(statements)")
      let repeated = try await shop.statements.during {
        _ = try await shop.desk.bookSlot(booking, by: .stranger(network: ""))
      }
      #expect(repeated.count <= 6, "\(repeated)")
    }
  }

  @Test func `a technician's day of twelve costs three statements at most`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.person("tadas")
    for number in 0..<12 {
      try await shop.book("class", at: try at(2, "09:00") + .hours(number / 3), for: Cast.customer(number))
    }
    let statements = try await shop.statements.during {
      let view = try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: tadas)
      #expect(view.people.first?.visits.count == 12)
    }
    #expect(statements.count <= 3, "\(statements)")
  }

  @Test(arguments: ["rasa@example.com", "+370 600 00001"])
  func `an exact search costs three statements at most`(query: String) async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let ticket = try await shop.book(at: try at(2, "10:00"))
    try await shop.book(at: try at(2, "12:00"), for: Cast.marius)
    _ = try await shop.desk.confirmContact(code: try shop.mailedCode(ticket))
    // The first look in a process's life opens the unconfirmed.
    _ = try await shop.desk.searchCustomers(query, by: ona)
    let statements = try await shop.statements.during {
      let found = try await shop.desk.searchCustomers(query, by: ona)
      #expect(found.count == 1)
    }
    #expect(statements.count <= 3, "\(statements)")
  }
}
