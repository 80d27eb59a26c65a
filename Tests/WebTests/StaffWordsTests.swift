import Booking
import Primitives
import Testing

@testable import Web

@Suite struct `Words of the staff` {
  private let start: Instant
  private let booking: BookingRecord

  init() throws {
    start = try #require(Instant(rfc3339: "2026-11-24T10:00:00+02:00"))
    booking = BookingRecord(
      id: Identifier(high: 1, low: 1),
      subject: Identifier(high: 1, low: 2),
      service: try #require(Slug("repair")),
      staff: try #require(Slug("tadas")),
      location: try #require(Slug("main")),
      served: try #require(Interval(start: start, end: start + 3_600)),
      sitting: Identifier(high: 1, low: 3),
      seat: 1,
      state: .booked,
      version: 1,
      linkVersion: 1,
      staffNamed: true,
      madeBy: .page,
      visitorZone: "Europe/Vilnius",
      madeAt: start - 86_400
    )
  }

  private func marks(_ state: BookingState, secondsBefore seconds: Int) -> [String] {
    var booking = booking
    booking.state = state
    return StaffWords.marks(booking, now: start - seconds).map(\.value)
  }

  @Test func `only marks that make sense by now are offered`() throws {
    #expect(marks(.booked, secondsBefore: 7_201) == [])
    #expect(marks(.booked, secondsBefore: 7_200) == ["arrived"])
    #expect(marks(.booked, secondsBefore: 0) == ["arrived", "done", "no-show"])
    #expect(marks(.arrived, secondsBefore: 60) == ["booked"])
    #expect(marks(.arrived, secondsBefore: 0) == ["done", "booked"])
    #expect(marks(.done, secondsBefore: 7_201) == ["booked"])
    #expect(marks(.cancelled, secondsBefore: 0) == [])
    let zone = try ZoneLibrary.system.zone(named: "Europe/Vilnius")
    let words = StaffWords.marksFrom(booking, in: zone, now: start - 7_201)
    #expect(words == "It can be marked as arrived from Tuesday 24 November, 08:00 on.")
    #expect(StaffWords.marksFrom(booking, in: zone, now: start - 7_200) == nil)
  }
}
