import Booking
import Primitives
import Testing

@testable import Web

@Suite struct `Free days` {
  static let slug = Slug("tadas")

  static func offers(_ starts: [String]) throws -> [Offer] {
    let person = try #require(slug)
    return try starts.map { text in
      let start = try #require(Instant(rfc3339: text))
      return Offer(start: start, end: start + .hours(1), location: person, staff: [person], places: 2)
    }
  }

  static func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

  @Test func `times stand under the day of the zone they are shown in`() throws {
    let offers = try Self.offers(["2026-11-24T23:30:00+02:00", "2026-11-25T09:00:00+02:00"])
    let there = FreeDays(offers, in: try ZoneLibrary.system.zone(named: "Asia/Tokyo"))
    #expect(there.days == [try Self.day("2026-11-25")])
    let groups = there.groups(of: try Self.day("2026-11-25"), showsPlaces: true)
    #expect(groups.map(\.heading) == ["Morning", "Afternoon"])
    #expect(groups.flatMap(\.times).map(\.label) == ["06:30", "16:00"])
    #expect(groups.first?.times.first?.places == "2 places left")
  }

  @Test func `a start that is free at two places is shown once`() throws {
    let offers = try Self.offers(["2026-11-24T09:00:00+02:00", "2026-11-24T09:00:00+02:00"])
    let free = FreeDays(offers, in: try ZoneLibrary.system.zone(named: "Europe/Vilnius"))
    #expect(free[try Self.day("2026-11-24")].count == 1)
  }

  @Test func `both passes of a repeated hour are told apart`() throws {
    let offers = try Self.offers([
      "2026-10-25T03:30:00+03:00", "2026-10-25T03:30:00+02:00", "2026-10-25T09:00:00+02:00",
    ])
    let free = FreeDays(offers, in: try ZoneLibrary.system.zone(named: "Europe/Vilnius"))
    let times = free.groups(of: try Self.day("2026-10-25"), showsPlaces: false).flatMap(\.times)
    #expect(times.map(\.label) == ["03:30", "03:30", "09:00"])
    #expect(times.map(\.offset) == ["before the clock change, UTC+3", "after the clock change, UTC+2", nil])
  }

  @Test func `the day shown is the one asked for, else the first free one`() throws {
    let offers = try Self.offers(["2026-11-24T09:00:00+02:00", "2026-12-03T09:00:00+02:00"])
    let free = FreeDays(offers, in: try ZoneLibrary.system.zone(named: "Europe/Vilnius"))
    let today = try Self.day("2026-11-20")
    #expect(free.shown(asked: nil, today: today) == (try Self.day("2026-11-24")))
    #expect(free.shown(asked: try Self.day("2026-11-25"), today: today) == (try Self.day("2026-11-25")))
    #expect(free.shown(asked: try Self.day("2026-12-01"), today: today) == (try Self.day("2026-12-03")))
    #expect(free.shown(asked: try Self.day("2026-11-01"), today: today) == (try Self.day("2026-11-24")))
    #expect(free.shown(asked: try Self.day("2027-01-01"), today: today) == (try Self.day("2027-01-01")))
  }

  @Test func `a month knows its neighbours and its free days`() throws {
    let offers = try Self.offers(["2026-11-24T09:00:00+02:00", "2026-11-24T10:00:00+02:00"])
    let free = FreeDays(offers, in: try ZoneLibrary.system.zone(named: "Europe/Vilnius"))
    let chosen = try Self.day("2026-11-24")
    let month = MonthGrid(of: chosen, free: free, today: chosen - 4, last: chosen + 30) { day, _ in
      day.description
    }
    #expect(month.title == "November 2026")
    #expect(month.previous == nil)
    #expect(month.next?.name == "December 2026")
    #expect(month.weeks.count == 6)
    #expect(month.weeks.allSatisfy { $0.days.count == 7 })
    let days = month.weeks.flatMap(\.days)
    #expect(days.filter(\.isFree).map(\.spoken) == ["Tuesday 24 November, 2 free times"])
    #expect(days.filter { $0.number.isEmpty }.count == 12)
  }
}
