import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// What is written into the outbox with each act.
@Suite(.onEachEngine) struct MessageTests {
  private struct Row: Equatable {
    let kind: String
    let sequence: Int
    let due: Instant
    let state: String
  }

  private func outbox(_ shop: Shop) async throws -> [Row] {
    try await shop.raw.read { records in
      try records.all("SELECT kind, sequence, due_at, state FROM outbox ORDER BY sequence, due_at") {
        Row(kind: $0.text(0), sequence: $0.int(1), due: $0.instant(2), state: $0.text(3))
      }
    }
  }

  @Test func `each change overtakes what waits, with a higher sequence`() async throws {
    let shop = try await Shop()
    let now = shop.clock.now()
    let ticket = try await shop.book(at: try at(3, "10:00"), with: "tadas")
    let code = try shop.code(ticket)
    #expect(
      try await outbox(shop) == [
        Row(kind: "confirmation", sequence: 0, due: now, state: "waiting"),
        Row(kind: "reminder", sequence: 0, due: try at(2, "10:00"), state: "waiting"),
      ]
    )
    try await shop.tamper("UPDATE outbox SET state = 'sent' WHERE kind = 'confirmation'")
    let moved = try await shop.desk.rescheduleManagedBooking(
      code: code,
      version: 1,
      start: try at(3, "14:00")
    )
    let sequence = moved.booking.version - 1
    #expect(sequence > 0)
    #expect(
      try await outbox(shop) == [
        Row(kind: "confirmation", sequence: 0, due: now, state: "sent"),
        Row(kind: "change", sequence: sequence, due: now, state: "waiting"),
        Row(kind: "reminder", sequence: sequence, due: try at(2, "14:00"), state: "waiting"),
      ]
    )
    let cancelled = try await shop.desk.cancelManagedBooking(code: code, version: moved.booking.version)
    #expect(cancelled.booking.version > moved.booking.version)
    #expect(
      try await outbox(shop) == [
        Row(kind: "confirmation", sequence: 0, due: now, state: "sent"),
        Row(kind: "cancellation", sequence: cancelled.booking.version - 1, due: now, state: "waiting"),
      ],
      "no reminder outlives its booking"
    )
  }

  @Test func `no reminder leaves with the confirmation, and none without an address`() async throws {
    let shop = try await Shop()
    try await shop.book(at: try at(1, "10:00"), with: "tadas")
    #expect(try await outbox(shop).map(\.kind) == ["confirmation", "reminder"])
    try await shop.book(at: try at(0, "14:00"), with: "tadas")
    #expect(try await outbox(shop).map(\.kind).filter { $0 == "reminder" }.count == 1)
    let before = try await outbox(shop)
    let caller = try shop.request(at: try at(2, "14:00"), for: ContactForm(name: "Aldona"))
    let ona = try await shop.person("ona")
    let ticket = try await shop.desk.bookForCaller(caller, by: ona)
    _ = try await shop.desk.cancelBooking(ticket.booking.id, version: 1, by: ona)
    #expect(try await outbox(shop) == before)
  }

  @Test func `a mark sends nothing, a refused change posts nothing`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let ticket = try await shop.book(at: try at(2, "10:00"))
    let before = try await outbox(shop)
    _ = try await refusal { try await shop.desk.cancelBooking(ticket.booking.id, version: 9, by: ona) }
    shop.clock.set(try at(2, "10:00"))
    _ = try await shop.desk.markBooking(ticket.booking.id, .arrived, version: 1, by: ona)
    #expect(try await outbox(shop) == before)
  }
}
