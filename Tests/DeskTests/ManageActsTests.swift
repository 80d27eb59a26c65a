import Audit
import Booking
import Primitives
import Testing

@testable import Desk

/// What the holder of a manage link can do, and every way it ends.
@Suite(.onEachEngine) struct ManageActsTests {
  @Test func `a booking is moved once for each version`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let code = try shop.code(ticket)
    let later = try at(2, "14:00")
    let moved = try await shop.leaves(.bookingRescheduled) {
      try await shop.desk.rescheduleManagedBooking(code: code, version: 1, start: later)
    }
    let version = try #require(moved?.booking.version)
    #expect(moved?.booking.served.start == later && version > 1)
    try await shop.leaves(.bookingRescheduled, .stale) {
      try await shop.desk.rescheduleManagedBooking(code: code, version: 1, start: try at(2, "15:00"))
    }
    try await shop.leaves(.bookingCancelled, .stale) {
      try await shop.desk.cancelManagedBooking(code: code, version: 1)
    }
    #expect(try await shop.starts("repair", "2026-11-25", with: "tadas").contains(try at(2, "10:00")))
    #expect(try await shop.entries().last?.actor == "customer/\(ticket.booking.id)")
    #expect(try await shop.audit().holds)
  }

  @Test func `a move to a time that is taken or not offered changes nothing`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    try await shop.book(at: try at(2, "14:00"), with: "tadas", for: Cast.marius)
    let code = try shop.code(ticket)
    let before = try await shop.picture()
    try await shop.leaves(.bookingRescheduled, .slotTaken) {
      try await shop.desk.rescheduleManagedBooking(code: code, version: 1, start: try at(2, "14:00"))
    }
    try await shop.leaves(.bookingRescheduled, .notOffered) {
      try await shop.desk.rescheduleManagedBooking(code: code, version: 1, start: try at(4, "14:00"))
    }
    #expect(try await shop.picture() == before)
  }

  @Test func `a move may overlap the time it leaves`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let moved = try await shop.desk.rescheduleManagedBooking(
      code: try shop.code(ticket),
      version: 1,
      start: try at(2, "10:30")
    )
    #expect(moved.booking.served.start == (try at(2, "10:30")))
    #expect(try await shop.count("occupancy") == 1)
  }

  @Test func `a customer moves one booking so that five mails leave in a day, staff as often as needed`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let ticket = try await shop.book(at: try at(3, "10:00"), with: "tadas")
    let code = try shop.code(ticket)
    var version = 1
    func move(_ number: Int) async throws {
      let moved = try await shop.desk.rescheduleManagedBooking(
        code: code,
        version: version,
        start: try at(3, number.isMultiple(of: 2) ? "12:00" : "14:00")
      )
      version = moved.booking.version
    }
    // Moves before a mail has left cost none.
    for number in 0..<8 { try await move(number) }
    for number in 0..<5 {
      // As delivering it leaves it.
      #expect(
        try await shop.tamper("UPDATE outbox SET state = 'sent' WHERE kind = 'change' AND state = 'waiting'")
          == 1
      )
      if number < 4 { try await move(number) }
    }
    let before = try await shop.picture()
    try await shop.leaves(.bookingRescheduled, .movedTooOften) { try await move(0) }
    #expect(try await shop.picture() == before)
    let staffs = try await shop.desk.rescheduleBooking(
      ticket.booking.id,
      version: version,
      start: try at(3, "09:00"),
      staff: nil,
      by: ona
    )
    version = staffs.booking.version
    shop.clock.move(.days(1))
    try await move(0)
  }

  @Test func `moving one seat of a class leaves the others where they are`() async throws {
    let shop = try await Shop()
    let start = try at(2, "10:00")
    let tickets = [
      try await shop.book("class", at: start, for: Cast.customer(1)),
      try await shop.book("class", at: start, for: Cast.customer(2)),
    ]
    #expect(tickets[0].booking.sitting == tickets[1].booking.sitting)
    _ = try await shop.desk.rescheduleManagedBooking(
      code: try shop.code(tickets[0]),
      version: 1,
      start: try at(2, "14:00")
    )
    #expect(try await shop.count("occupancy") == 2)
    // Alone in the class, and back to the very start it has.
    let again = try await shop.desk.rescheduleManagedBooking(
      code: try shop.code(tickets[1]),
      version: 1,
      start: start
    )
    #expect(again.booking.served.start == start && again.booking.seat == 1)
    let cancelled = try await shop.desk.cancelManagedBooking(
      code: try shop.code(tickets[1]),
      version: again.booking.version
    )
    #expect(cancelled.booking.state == .cancelled && cancelled.booking.sitting == nil)
    #expect(try await shop.count("occupancy") == 1)
  }

  @Test func `a cancelled booking has ended for good`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"))
    let code = try shop.code(ticket)
    let cancelled = try await shop.leaves(.bookingCancelled) {
      try await shop.desk.cancelManagedBooking(code: code, version: 1)
    }
    let version = try #require(cancelled?.booking.version)
    try await shop.leaves(.bookingCancelled, .alreadyEnded) {
      try await shop.desk.cancelManagedBooking(code: code, version: version)
    }
    try await shop.leaves(.bookingRescheduled, .alreadyEnded) {
      try await shop.desk.rescheduleManagedBooking(code: code, version: version, start: try at(2, "14:00"))
    }
    let managed = try await shop.desk.openManagedBooking(code: code)
    #expect(!managed.mayCancel && !managed.mayReschedule)
    #expect(try await shop.count("occupancy") == 0)
  }

  @Test func `the policy closes the link a day before, to the second`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"))
    let code = try shop.code(ticket)
    shop.clock.set(try at(1, "10:00"))
    #expect(try await shop.desk.openManagedBooking(code: code).mayCancel)
    shop.clock.move(1)
    let managed = try await shop.desk.openManagedBooking(code: code)
    #expect(!managed.mayCancel && !managed.mayReschedule)
    try await shop.leaves(.bookingCancelled, .tooLate) {
      try await shop.desk.cancelManagedBooking(code: code, version: 1)
    }
    try await shop.leaves(.bookingRescheduled, .tooLate) {
      try await shop.desk.rescheduleManagedBooking(code: code, version: 1, start: try at(3, "14:00"))
    }
    #expect(try await shop.texts("SELECT state FROM booking") == ["booked"])
  }

  @Test func `a forged code is a stranger's, whichever booking it names`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"))
    let code = try shop.code(ticket)
    let forged = String(code.dropLast(4)) + (code.hasSuffix("AAAA") ? "BBBB" : "AAAA")
    let elsewhere = try await Shop()
    let foreign = try elsewhere.code(try await elsewhere.book(at: try at(2, "10:00")))
    for wrong in [forged, foreign, "", "not a code"] {
      try await shop.leaves(.bookingRescheduled, .unknown) {
        try await shop.desk.rescheduleManagedBooking(code: wrong, version: 1, start: try at(2, "14:00"))
      }
      #expect(try await shop.entries().last?.actor == "stranger")
      try await shop.leaves(.bookingCancelled, .unknown) {
        try await shop.desk.cancelManagedBooking(code: wrong, version: 1)
      }
      #expect(try await shop.entries().last?.actor == "stranger")
      try await shop.leaves(.contactConfirmed, .unknown) { try await shop.desk.confirmContact(code: wrong) }
      #expect(try await shop.entries().last?.actor == "stranger")
    }
    #expect(try await shop.texts("SELECT state FROM booking") == ["booked"])
  }

  @Test func `only the mailed code confirms an address`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"))
    try await shop.leaves(.contactConfirmed, .notAllowed) {
      try await shop.desk.confirmContact(code: try shop.code(ticket))
    }
    #expect(try await shop.count("contact WHERE confirmed_at IS NULL") == 1)
    let mailed = try shop.mailedCode(ticket)
    #expect(try await shop.desk.openManagedBooking(code: mailed).mayConfirm)
    try await shop.leaves(.contactConfirmed) { try await shop.desk.confirmContact(code: mailed) }
    #expect(try await shop.count("contact WHERE confirmed_at IS NULL") == 0)
    #expect(try await !shop.desk.openManagedBooking(code: mailed).mayConfirm)
    let row = try await shop.picture()
    try await shop.leaves(.contactConfirmed) { try await shop.desk.confirmContact(code: mailed) }
    #expect(try await shop.picture() == row, "a second time changes nothing")
  }

  @Test func `a customer whose keys were destroyed cannot confirm, and the try is recorded`() async throws {
    let shop = try await Shop()
    let ticket = try await shop.book(at: try at(2, "10:00"))
    try await shop.destroyKeys(of: ticket.booking.subject)
    try await shop.leaves(.contactConfirmed, .unknown) {
      try await shop.desk.confirmContact(code: try shop.mailedCode(ticket))
    }
  }
}
