import Booking
import Primitives
import Testing

@testable import Web

@Suite struct `Words of pages` {
  static func served(_ start: String, _ end: String) throws -> Interval {
    let first = try #require(Instant(rfc3339: start))
    let last = try #require(Instant(rfc3339: end))
    return try #require(Interval(start: first, end: last))
  }

  static func zone(_ name: String) throws -> Zone { try ZoneLibrary.system.zone(named: name) }

  @Test func `days`() throws {
    let day = try #require(CivilDay("2026-11-24"))
    #expect(PageWords.longDay(day) == "Tuesday 24 November 2026")
    #expect(PageWords.day(day) == "Tuesday 24 November")
    #expect(PageWords.shortDay(day) == "Tue 24 November")
    #expect(PageWords.month(day) == "November 2026")
  }

  @Test(arguments: [
    ("2026-11-24T09:30:00+02:00", "2026-11-24T11:00:00+02:00", "09:30 – 11:00"),
    ("2026-11-24T22:00:00+02:00", "2026-11-25T06:00:00+02:00", "22:00 – 06:00 the next day"),
    ("2026-11-24T22:00:00+02:00", "2026-11-25T00:00:00+02:00", "22:00 – 24:00"),
    ("2026-11-24T22:00:00+02:00", "2026-11-26T06:00:00+02:00", "22:00 – 06:00 on Thursday 26 November"),
    ("2026-10-25T02:00:00+03:00", "2026-10-25T04:30:00+02:00", "02:00 (UTC+3) – 04:30 (UTC+2)"),
  ])
  func `hours`(start: String, end: String, words: String) throws {
    #expect(PageWords.hours(try Self.served(start, end), in: try Self.zone("Europe/Vilnius")) == words)
  }

  @Test(arguments: [(0, "UTC"), (7_200, "UTC+2"), (-12_600, "UTC-3:30"), (20_700, "UTC+5:45")])
  func `offsets`(seconds: Int, words: String) {
    #expect(PageWords.offset(seconds) == words)
  }

  @Test func `zones`() throws {
    let instant = try #require(Instant(rfc3339: "2026-11-24T09:30:00Z"))
    #expect(PageWords.zone(try Self.zone("America/New_York"), at: instant) == "New York time (UTC-5)")
    #expect(PageWords.zone(try Self.zone("UTC"), at: instant) == "UTC")
  }

  @Test(arguments: [
    (1, "1 minute"), (45, "45 minutes"), (90, "90 minutes"), (120, "2 hours"), (150, "2 hours 30 minutes"),
  ])
  func `lengths`(minutes: Int, words: String) {
    #expect(PageWords.length(minutes) == words)
  }

  @Test func `several lengths`() {
    #expect(PageWords.lengths([30]) == "30 minutes")
    #expect(PageWords.lengths([45, 90]) == "45 or 90 minutes")
    #expect(PageWords.lengths([30, 60, 120]) == "30 minutes, 60 minutes or 2 hours")
    #expect(PageWords.shortLength(90) == "1 h 30 min")
    #expect(PageWords.shortLength(60) == "1 h")
    #expect(PageWords.shortLength(45) == "45 min")
  }

  @Test(arguments: [
    (6_000, "EUR", "€60"), (1_250, "EUR", "€12.50"), (0, "EUR", "free"), (125_000, "SEK", "1,250 SEK"),
    (1_200, "JPY", "¥1,200"), (1_005, "KWD", "1.005 KWD"), (123_456_789, "USD", "$1,234,567.89"),
  ])
  func `prices`(amount: Int, currency: String, words: String) {
    #expect(PageWords.price(amount, currency) == words)
  }

  @Test func `addresses are masked`() {
    #expect(PageWords.masked(email: "rasa@example.test") == "r•••@example.test")
    #expect(PageWords.masked(email: "") == nil)
  }

  @Test func `an appointment is told in both zones where their clocks differ`() throws {
    let served = try Self.served("2026-11-24T00:30:00+02:00", "2026-11-24T01:30:00+02:00")
    let vilnius = try Self.zone("Europe/Vilnius")
    let here = PageWords.appointment("Repair", served, in: vilnius, visitor: try Self.zone("Europe/Riga"))
    #expect(here.elsewhere == nil)
    let there = PageWords.appointment("Repair", served, in: vilnius, visitor: try Self.zone("Europe/Paris"))
    #expect(there.day == "Tuesday 24 November 2026")
    #expect(there.elsewhere == "Monday 23 November, 23:30 – 00:30 the next day, Paris time (UTC+1)")
  }

  @Test func `a reference is short and easy to say`() {
    #expect(PageWords.reference(Identifier(high: 0, low: 0x3FFF_FFFF)) == "ZZ-ZZZZ")
    #expect(PageWords.reference(Identifier(high: .max, low: .max << 30)) == "00-0000")
  }

  @Test(arguments: [
    (120, 120, "You can move or cancel it here until Tuesday 24 November, 07:30."),
    (
      1_440, 1_440,
      "This time is so soon that it cannot be moved or cancelled here. Call us: +370 600 00000."
    ),
    (
      1_440, 120,
      "This time is so soon that it cannot be cancelled here. Call us: +370 600 00000. "
        + "You can move it here until Tuesday 24 November, 07:30."
    ),
    (0, 0, "You can move or cancel it here until it begins."),
  ])
  func `who books is told before whether it can be moved here`(cancel: Int, move: Int, words: String) throws {
    let now = try #require(Instant(rfc3339: "2026-11-23T12:00:00+02:00"))
    let start = try #require(Instant(rfc3339: "2026-11-24T09:30:00+02:00"))
    let policy = Policy(cancelNotice: cancel, rescheduleNotice: move, reminder: nil)
    let contact = PublicContact(email: "hello@example.test", phone: "+370 600 00000")
    let zone = try Self.zone("Europe/Vilnius")
    #expect(PageWords.policyAhead(policy, start: start, in: zone, now: now, contact: contact) == words)
    #expect(PageWords.isChangeable(policy, start: start, now: now) == (min(cancel, move) < 1_440))
  }

  @Test func `where there is no phone, the address or the business itself is named`() throws {
    let now = try #require(Instant(rfc3339: "2026-11-24T09:00:00+02:00"))
    let policy = Policy(cancelNotice: 60, rescheduleNotice: 60, reminder: nil)
    func words(_ email: String?) throws -> String {
      PageWords.policyAhead(
        policy,
        start: now + 60,
        in: try Self.zone("Europe/Vilnius"),
        now: now,
        contact: PublicContact(email: email, phone: nil)
      )
    }
    #expect(try words("hello@example.test").hasSuffix(" Write to us: hello@example.test."))
    #expect(try words(nil).hasSuffix(" Please speak to us."))
  }
}
