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

  @Test(arguments: [
    (300, 480, "5 of 8 hours", "5 of 8 h"), (90, 840, "1½ of 14 hours", "1½ of 14 h"),
    (45, 840, "¾ hour of 14 hours", "¾ h of 14 h"), (0, 60, "0 of 1 hour", "0 of 1 h"),
    (30, 0, "½ hour", "½ h"), (60, 0, "1 hour", "1 h"), (120, 0, "2 hours", "2 h"),
  ])
  func `part of an hour is never said to be part of a day`(
    booked: Int,
    working: Int,
    words: String,
    short: String
  ) {
    #expect(StaffWords.load(booked: booked * 60, working: working * 60) == words)
    #expect(StaffWords.shortLoad(booked: booked * 60, working: working * 60) == short)
  }
}
