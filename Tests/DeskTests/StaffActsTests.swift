import Audit
import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// What staff do with bookings: each outcome and its one entry; somebody else's looks like none at all.
@Suite(.onEachEngine) struct StaffActsTests {
  let shop: Shop
  let ona: StaffPerson
  let tadas: StaffPerson
  let milda: StaffPerson
  /// Rasa with Tadas, Wednesday at ten.
  let ticket: BookingTicket

  init() async throws {
    shop = try await Shop()
    ona = try await shop.person("ona")
    tadas = try await shop.person("tadas")
    milda = try await shop.person("milda")
    ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
  }

  private var id: Identifier { ticket.booking.id }
  private var nobody: Identifier { Identifier(high: 7, low: 7) }

  @Test func `a booking is opened with its contact closed`() async throws {
    shop.clock.set(try at(2, "08:00"))
    let visit = try await shop.leaves(.bookingOpened) { try await shop.desk.openBooking(id, by: tadas) }
    #expect(visit?.firstName == "Rasa" && visit?.hasContact == true)
    let entry = try #require(try await shop.entries().last)
    #expect(entry.records == ["booking/\(id)"] && entry.fields == ["name"])
    #expect(entry.actor == "staff/tadas")
    try await shop.leaves(.bookingOpened) { try await shop.desk.openBooking(id, by: ona) }
    try await shop.leaves(.bookingOpened, .unknown) { try await shop.desk.openBooking(id, by: milda) }
    try await shop.leaves(.bookingOpened, .unknown) { try await shop.desk.openBooking(nobody, by: ona) }
  }

  @Test func `before its hours a technician sees the time of an own visit and not who comes (R19)`()
    async throws
  {
    let visit = try await shop.leaves(.bookingOpened) { try await shop.desk.openBooking(id, by: tadas) }
    #expect(visit?.isClosed == true && visit?.firstName == "" && visit?.hasContact == false)
    #expect(try visit?.opensAt == at(1, "22:00"))
    #expect(try await shop.entries().last?.fields == [])
    try await shop.leaves(.contactRevealed, .outsideHours) {
      try await shop.desk.revealContact(id, by: tadas)
    }
    let view = try await shop.leaves(.dayOpened) {
      try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: tadas)
    }
    #expect(view?.people.flatMap(\.visits).map(\.isClosed) == [true])
    shop.clock.set(try at(2, "15:00"))
    try await shop.leaves(.contactRevealed, .outsideHours) {
      try await shop.desk.revealContact(id, by: tadas)
    }
  }

  @Test func `the contact is shown after the tap is recorded`() async throws {
    shop.clock.set(try at(2, "08:00"))
    let contact = try await shop.leaves(.contactRevealed) { try await shop.desk.revealContact(id, by: tadas) }
    #expect(contact?.email == "rasa@example.com" && contact?.isConfirmed == false)
    let entry = try #require(try await shop.entries().last)
    #expect(entry.fields == ["email", "name", "phone"])
    #expect(entry.records.contains("subject/\(ticket.booking.subject)"))
    try await shop.leaves(.contactRevealed, .unknown) { try await shop.desk.revealContact(id, by: milda) }
    try await shop.leaves(.contactRevealed, .unknown) { try await shop.desk.revealContact(nobody, by: ona) }
    try await shop.destroyKeys(of: ticket.booking.subject)
    try await shop.leaves(.contactRevealed, .unknown) { try await shop.desk.revealContact(id, by: tadas) }
    let erased = try await shop.leaves(.bookingOpened) { try await shop.desk.openBooking(id, by: tadas) }
    #expect(erased?.firstName == "" && erased?.hasContact == false)
  }

  @Test func `a visit is marked when it has begun, arrived from two hours before`() async throws {
    for mark in [BookingState.arrived, .done, .noShow] {
      try await shop.leaves(.bookingMarked, .tooEarly) {
        try await shop.desk.markBooking(id, mark, version: 1, by: tadas)
      }
    }
    shop.clock.set(try at(2, "08:00") - 1)
    try await shop.leaves(.bookingMarked, .tooEarly) {
      try await shop.desk.markBooking(id, .arrived, version: 1, by: tadas)
    }
    shop.clock.move(1)
    try await shop.leaves(.bookingMarked) {
      try await shop.desk.markBooking(id, .arrived, version: 1, by: tadas)
    }
    shop.clock.set(try at(2, "10:00") - 1)
    for mark in [BookingState.done, .noShow] {
      try await shop.leaves(.bookingMarked, .tooEarly) {
        try await shop.desk.markBooking(id, mark, version: 2, by: tadas)
      }
    }
    try await shop.leaves(.bookingMarked) {
      try await shop.desk.markBooking(id, .booked, version: 2, by: tadas)
    }
    shop.clock.move(1)
    try await shop.leaves(.bookingMarked) {
      try await shop.desk.markBooking(id, .noShow, version: 3, by: tadas)
    }
  }

  @Test func `a visit is marked once for each version`() async throws {
    shop.clock.set(try at(2, "10:00"))
    let arrived = try await shop.leaves(.bookingMarked) {
      try await shop.desk.markBooking(id, .arrived, version: 1, by: tadas)
    }
    #expect(arrived?.booking.state == .arrived && arrived?.booking.version == 2)
    try await shop.leaves(.bookingMarked, .stale) {
      try await shop.desk.markBooking(id, .done, version: 1, by: tadas)
    }
    try await shop.leaves(.bookingMarked, .unknown) {
      try await shop.desk.markBooking(id, .done, version: 2, by: milda)
    }
    try await shop.leaves(.bookingMarked, .unknown) {
      try await shop.desk.markBooking(nobody, .done, version: 1, by: ona)
    }
    try await shop.leaves(.bookingMarked, .invalid) {
      try await shop.desk.markBooking(id, .cancelled, version: 2, by: tadas)
    }
    // What has arrived can neither be moved nor cancelled.
    try await shop.leaves(.bookingCancelled, .alreadyEnded) {
      try await shop.desk.cancelBooking(id, version: 2, by: ona)
    }
    let back = try await shop.leaves(.bookingMarked) {
      try await shop.desk.markBooking(id, .booked, version: 2, by: ona)
    }
    #expect(back?.booking.state == .booked)
  }

  @Test func `staff cancel whatever the policy says to customers`() async throws {
    shop.clock.set(try at(2, "09:59"))
    try await shop.leaves(.bookingCancelled, .stale) {
      try await shop.desk.cancelBooking(id, version: 2, by: ona)
    }
    try await shop.leaves(.bookingCancelled, .unknown) {
      try await shop.desk.cancelBooking(id, version: 1, by: milda)
    }
    try await shop.leaves(.bookingCancelled) { try await shop.desk.cancelBooking(id, version: 1, by: tadas) }
    try await shop.leaves(.bookingCancelled, .alreadyEnded) {
      try await shop.desk.cancelBooking(id, version: 2, by: tadas)
    }
    try await shop.leaves(.bookingMarked, .alreadyEnded) {
      try await shop.desk.markBooking(id, .done, version: 2, by: tadas)
    }
  }

  @Test func `a booking is moved to another time or person, by a technician only to themselves`() async throws
  {
    let milda = try slug("milda")
    try await shop.leaves(.bookingRescheduled, .unknown) {
      try await shop.desk.rescheduleBooking(
        id,
        version: 1,
        start: try at(2, "14:00"),
        staff: milda,
        by: tadas
      )
    }
    try await shop.leaves(.bookingRescheduled, .unknown) {
      try await shop.desk.rescheduleBooking(
        id,
        version: 1,
        start: try at(2, "14:00"),
        staff: milda,
        by: self.milda
      )
    }
    try await shop.leaves(.bookingRescheduled, .stale) {
      try await shop.desk.rescheduleBooking(id, version: 9, start: try at(2, "14:00"), staff: nil, by: ona)
    }
    try await shop.leaves(.bookingRescheduled, .notOffered) {
      try await shop.desk.rescheduleBooking(id, version: 1, start: try at(2, "20:00"), staff: nil, by: ona)
    }
    let moved = try await shop.leaves(.bookingRescheduled) {
      try await shop.desk.rescheduleBooking(id, version: 1, start: try at(2, "14:00"), staff: nil, by: tadas)
    }
    #expect(moved?.booking.staff.text == "tadas")
    let version = try #require(moved?.booking.version)
    let handed = try await shop.leaves(.bookingRescheduled) {
      try await shop.desk.rescheduleBooking(
        id,
        version: version,
        start: try at(2, "14:00"),
        staff: milda,
        by: ona
      )
    }
    #expect(handed?.booking.staff == milda)
    #expect(try await shop.texts("SELECT unit FROM occupancy") == ["staff/milda"])
  }

  @Test func `a caller needs neither e-mail nor notice, but a free person`() async throws {
    let caller = ContactForm(name: "Aldona", phone: "+370 600 00003")
    let request = try shop.request("hidden", at: try at(0, "09:00"), for: caller)
    let made = try await shop.leaves(.bookingMade) { try await shop.desk.bookForCaller(request, by: tadas) }
    #expect(made?.booking.madeBy == .staff && made?.booking.staff.text == "tadas")
    let subject = try #require(made?.booking.subject)
    #expect(try await shop.count("contact WHERE confirmed_at IS NOT NULL AND phone_index IS NOT NULL") == 1)
    #expect(try await shop.raw.read { try $0.contact(subject)?.email } == nil)
    #expect(
      try await shop.count("outbox WHERE booking = (SELECT id FROM booking WHERE service = 'hidden')") == 0
    )
    try await shop.leaves(.bookingMade, .slotTaken) { try await shop.desk.bookForCaller(request, by: tadas) }
    try await shop.leaves(.bookingMade, .unknown) {
      try await shop.desk.bookForCaller(try shop.request(at: try at(2, "14:00"), with: "tadas"), by: milda)
    }
    try await shop.leaves(.bookingMade, .invalid) {
      try await shop.desk.bookForCaller(
        try shop.request(at: try at(2, "14:00"), for: ContactForm(name: "4111 1111 1111 1111")),
        by: ona
      )
    }
  }
}
