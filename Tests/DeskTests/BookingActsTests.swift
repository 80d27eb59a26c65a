import Audit
import Booking
import Primitives
import Testing

@testable import Desk

/// Booking by the public: every outcome, its one entry, and what it leaves in the store.
@Suite(.onEachEngine) struct BookingActsTests {
  @Test func `a booking leaves one entry that names it and its subject`() async throws {
    let shop = try await Shop()
    let made = try await shop.leaves(.bookingMade) { try await shop.book(at: try at(1, "10:00")) }
    let ticket = try #require(made)
    #expect(ticket.isNew && ticket.booking.version == 1)
    let entry = try #require(try await shop.entries().last)
    #expect(entry.records == ["booking/\(ticket.booking.id)", "subject/\(ticket.booking.subject)"])
    #expect(entry.actor == "stranger")
    #expect(try await shop.audit().holds)
  }

  @Test func `every wrong field is named at once and nothing is kept`() async throws {
    let shop = try await Shop()
    var contact = ContactForm(name: " ", email: "rasa@", phone: "12", address: "Upės g. 1")
    contact.answers = ["door": "7"]
    let request = try shop.request(at: try at(1, "10:00"), for: contact)
    let before = try await shop.picture()
    await #expect(throws: Refusal.self) {
      _ = try await shop.desk.bookSlot(request, by: .stranger(network: ""))
    }
    let refused = try await refusal { try await shop.desk.bookSlot(request, by: .stranger(network: "")) }
    #expect(
      refused?.fields.map(\.path) == [
        "customer/name", "customer/email", "customer/phone", "customer/address", "answers",
      ]
    )
    #expect(try await shop.picture() == before)
    #expect(try await shop.entries().suffix(2).map(\.outcome) == ["invalid", "invalid"])
  }

  @Test(arguments: [
    "line\u{0}break", "line\nbreak", "line\r\nBcc: marius@example.com", "4111 1111 1111 1111",
    String(repeating: "x", count: 101),
  ])
  func `a name that no name can be is refused`(name: String) async throws {
    let shop = try await Shop()
    try await shop.leaves(.bookingMade, .invalid) {
      try await shop.book(at: try at(1, "10:00"), for: ContactForm(name: name, email: "rasa@example.com"))
    }
    #expect(try await shop.count("contact") == 0)
  }

  @Test func `an appointment by phone asks for the number, but not of a caller`() async throws {
    var business = try SpareHands.business()
    let lesson = try #require(business.services.firstIndex { $0.id.text == "lesson" })
    business.services[lesson].place = .phone
    let shop = try await Shop(business)
    let nameless = ContactForm(name: "Rasa", email: "rasa@example.com")
    let refused = try await refusal { try await shop.book("lesson", at: try at(2, "10:00"), for: nameless) }
    #expect(refused?.fields == [FieldProblem(path: "customer/phone", reason: .missing)])
    try await shop.book("lesson", at: try at(2, "10:00"))
    let called = try shop.request("lesson", at: try at(2, "12:00"), for: nameless)
    _ = try await shop.desk.bookForCaller(called, by: try await shop.person("ona"))
  }

  @Test func `what is not offered is refused and says why`() async throws {
    let shop = try await Shop()
    try await shop.book(at: try at(1, "10:00"), with: "tadas")
    try await shop.leaves(.bookingMade, .slotTaken) {
      try await shop.book(at: try at(1, "10:00"), with: "tadas", for: Cast.marius)
    }
    // Tadas's buffers reach to 11:15.
    try await shop.leaves(.bookingMade, .slotTaken) {
      try await shop.book(at: try at(1, "11:00"), with: "tadas")
    }
    for start in ["17:00", "16:30", "03:00", "10:07"] {
      try await shop.leaves(.bookingMade, .notOffered) { try await shop.book(at: try at(2, start)) }
    }
    try await shop.leaves(.bookingMade, .notOffered) { try await shop.book(at: try at(-3, "10:00")) }
    try await shop.leaves(.bookingMade, .notOffered) { try await shop.book(at: try at(4, "10:00")) }
    try await shop.leaves(.bookingMade, .notOffered) {
      try await shop.book(at: try at(0, "10:00") + .days(70))
    }
    #expect(try await shop.count("booking") == 1)
    #expect(try await shop.count("contact") == 1)
  }

  @Test func `names the business does not have are refused as wrong fields`() async throws {
    let shop = try await Shop()
    let start = try at(1, "10:00")
    for service in ["nothing", "hidden"] {
      let refused = try await refusal { try await shop.book(service, at: start, for: ContactForm(name: "")) }
      #expect(refused == .invalid("service", .notAChoice), "a hidden service looks like none")
    }
    try await shop.leaves(.bookingMade, .invalid) { try await shop.book(at: start, with: "ona") }
    try await shop.leaves(.bookingMade, .invalid) { try await shop.book(at: start, key: "") }
    var request = try shop.request(at: start)
    request.zone = "Mars/Olympus"
    let wrong = request
    try await shop.leaves(.bookingMade, .invalid) {
      try await shop.desk.bookSlot(wrong, by: .stranger(network: ""))
    }
  }

  @Test func `a repeated request gets the same ticket and one entry of its own`() async throws {
    let shop = try await Shop()
    let start = try at(1, "10:00")
    let first = try await shop.book(at: start, key: "once")
    let again = try await shop.leaves(.bookingMade) { try await shop.book(at: start, key: "once") }
    #expect(again?.booking.id == first.booking.id && again?.isNew == false)
    #expect(again?.manageURL == first.manageURL)
    try await shop.leaves(.bookingMade, .keyReused) {
      try await shop.book(at: start, for: Cast.marius, key: "once")
    }
    #expect(try await shop.count("booking") == 1)
    #expect(try await shop.count("contact") == 1)
    #expect(try await shop.count("outbox") == 2)
  }

  @Test func `looking at free times leaves no entry`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let code = try shop.code(ticket)
    let span = try #require(Interval(start: try at(2, "00:00"), end: try at(4, "00:00")))
    try await shop.leavesNothing { try await shop.starts("repair", "2026-11-24") }
    let managed = try await shop.leavesNothing { try await shop.desk.openManagedBooking(code: code) }
    #expect(managed.version == 1 && managed.mayCancel && managed.mayReschedule && !managed.mayConfirm)
    let (_, offers) = try await shop.leavesNothing { try await shop.desk.timesToMove(code: code, span: span) }
    // Its own time counts as free.
    #expect(offers.map(\.start).contains(try at(2, "10:30")))
    let forged = code.dropLast() + (code.hasSuffix("A") ? "B" : "A")
    for wrong in ["", "x", String(forged), String(code.reversed())] {
      let refused = try await shop.leavesNothing {
        try await refusal { try await shop.desk.openManagedBooking(code: wrong) }
      }
      #expect(refused == Refusal(.unknown))
    }
  }
}
