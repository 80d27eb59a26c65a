import Booking
import Primitives
import Testing

@testable import Desk

/// House rule 5 over a real store: what is listed can be booked, what is not cannot.
@Suite(.onEachEngine) struct ListAndCommitTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `what is listed can be booked, what is not cannot`(seed: UInt64) async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    var random = Dice(state: seed)
    var booked: [BookingTicket] = []
    var granted = 0
    for turn in 0..<120 {
      let service = ["repair", "class", "lesson"][random.roll(3)]
      let staff = service == "repair" ? [nil, "tadas", "milda"][random.roll(3)] : nil
      let day = random.roll(3)
      // Mostly on the grid; sometimes five minutes beside it.
      let start = try at(day, "08:00") + .minutes(30 * random.roll(20) + (random.roll(8) == 0 ? 5 : 0))
      let listed = try await shop.starts(service, "2026-11-\(23 + day)", with: staff).contains(start)
      let refused = try await refusal {
        booked.append(try await shop.book(service, at: start, with: staff, for: Cast.customer(turn)))
      }
      #expect((refused == nil) == listed, "\(service) \(staff ?? "anyone") \(start), turn \(turn)")
      granted += listed ? 1 : 0
      if let refused { #expect([.slotTaken, .notOffered].contains(refused.code)) }

      if random.roll(6) == 0, let ticket = booked.popLast() {
        _ = try await shop.desk.cancelBooking(ticket.booking.id, version: 1, by: ona)
      }
      if random.roll(25) == 0 {
        let from = try at(random.roll(3), "09:00") + .minutes(10 * random.roll(40))
        let staff = try slug(["tadas", "milda"][random.roll(2)])
        _ = try await shop.desk.blockTimeOff(staff: staff, from: from, to: from + .minutes(50), by: ona)
      }
    }
    #expect(granted > 10)
  }
}

/// SplitMix64, so that a failure can be repeated.
private struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ value >> 31) % UInt64(sides))
  }
}
