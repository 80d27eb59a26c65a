import Audit
import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// House rule 6, with two server processes on one store as far as the store can tell.
@Suite(.onEachEngine) struct RaceTests {
  /// 200 customers at once; how many of them were booked, and what the others were told.
  private func race(
    _ shop: Shop,
    _ service: String,
    with staff: String? = nil,
    starts: [Instant],
    key: String? = nil
  ) async throws -> (booked: [BookingTicket], refused: Set<RefusalCode>) {
    let desks = [shop.desk, try await shop.another()]
    return try await withThrowingTaskGroup(of: Result<BookingTicket, Refusal>.self) { group in
      for number in 0..<200 {
        let request = try shop.request(
          service,
          at: starts[number % starts.count],
          with: staff,
          for: key == nil ? Cast.customer(number) : Cast.rasa,
          key: key
        )
        group.addTask {
          do {
            return .success(try await desks[number % 2].bookSlot(request, by: .stranger(network: "")))
          } catch let refused as Refusal {
            return .failure(refused)
          }
        }
      }
      var booked: [BookingTicket] = []
      var refused: Set<RefusalCode> = []
      for try await outcome in group {
        switch outcome {
        case .success(let ticket): booked.append(ticket)
        case .failure(let refusal): refused.insert(refusal.code)
        }
      }
      return (booked, refused)
    }
  }

  private func expectWhole(_ shop: Shop, bookings: Int, entries: Int = 200) async throws {
    #expect(try await shop.count("booking") == bookings)
    #expect(try await shop.count("contact") == bookings)
    #expect(try await shop.entries().filter { $0.act == "booking.made" }.count == entries)
    #expect(try await shop.audit().holds)
  }

  @Test func `of 200 for one start with one person one is booked`() async throws {
    let shop = try await Shop()
    let outcome = try await race(shop, "repair", with: "tadas", starts: [try at(1, "10:00")])
    #expect(outcome.booked.count == 1 && outcome.refused == [.slotTaken])
    try await expectWhole(shop, bookings: 1)
  }

  @Test func `of 200 for a class of three three are booked, each on a seat`() async throws {
    let shop = try await Shop()
    let outcome = try await race(shop, "class", starts: [try at(1, "10:00")])
    #expect(Set(outcome.booked.map(\.booking.seat)) == [1, 2, 3])
    #expect(outcome.booked.count == 3 && outcome.refused == [.slotTaken])
    #expect(try await shop.count("occupancy") == 1)
    try await expectWhole(shop, bookings: 3)
  }

  @Test func `of 200 for anyone of two two are booked`() async throws {
    let shop = try await Shop()
    let outcome = try await race(shop, "repair", starts: [try at(1, "10:00")])
    #expect(Set(outcome.booked.map(\.booking.staff.text)) == ["tadas", "milda"])
    #expect(outcome.booked.count == 2 && outcome.refused == [.slotTaken])
    try await expectWhole(shop, bookings: 2)
  }

  @Test func `neighbours in a race keep each other's buffers`() async throws {
    let shop = try await Shop()
    let starts = try await shop.starts("repair", "2026-11-24", with: "tadas")
    try #require(starts.count == 15)
    let outcome = try await race(shop, "repair", with: "tadas", starts: starts)
    let served = outcome.booked.map(\.booking.served).sorted { $0.start < $1.start }
    for (one, next) in zip(served, served.dropFirst()) { #expect(next.start - one.end >= .minutes(30)) }
    #expect(served.count >= 4 && served.count <= 5)
    try await expectWhole(shop, bookings: served.count)
  }

  @Test func `200 repetitions of one request are one booking`() async throws {
    let shop = try await Shop()
    let outcome = try await race(shop, "repair", starts: [try at(1, "10:00")], key: "once")
    #expect(outcome.booked.count == 200 && Set(outcome.booked.map(\.booking.id)).count == 1)
    #expect(outcome.booked.filter(\.isNew).count == 1)
    try await expectWhole(shop, bookings: 1)
  }

  @Test func `of many who change one version one succeeds`() async throws {
    let shop = try await Shop()
    let other = try await shop.another()
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let code = try shop.code(ticket)
    let done = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        let start = try at(3, "09:00") + .minutes(30 * (number % 10))
        let desk = number % 2 == 0 ? shop.desk : other
        group.addTask {
          do {
            _ =
              try await number % 4 == 3
              ? desk.cancelManagedBooking(code: code, version: 1)
              : desk.rescheduleManagedBooking(code: code, version: 1, start: start)
            return true
          } catch let refused as Refusal {
            #expect([.stale, .alreadyEnded].contains(refused.code))
            return false
          }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(done == 1)
    #expect(try await shop.count("occupancy") <= 1)
    #expect(try await shop.audit().holds)
  }
}
