import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

@Suite(.onEachEngine) struct ExtentTests {
  /// The statement that fetches a list and the rule that decides about one booking are two ways of saying the same.
  @Test func `the database fetches exactly what one by one would be granted, for 300 random roles`()
    async throws
  {
    let shop = try await Shop()
    let now = try at(2, "12:00")
    for number in 0..<12 {
      let start = try at(number / 3, ["09:30", "12:00", "15:00"][number % 3])
      try await shop.book(
        "repair",
        at: start,
        with: number % 2 == 0 ? "tadas" : "milda",
        for: Cast.customer(number)
      )
    }
    let places = [try slug("main"), try slug("other")]
    let bookings = try await shop.raw.read { records in
      try records.all("SELECT id FROM booking") { try $0.identifier(0) }.compactMap {
        try records.booking($0)
      }
    }
    try #require(bookings.count == 12)
    var random = SeededGenerator(17)
    var (seen, hidden) = (0, 0)
    for round in 0..<300 {
      let holder = RandomRole.holder(
        try slug("tadas"),
        team: round % 2 == 0 ? [try slug("tadas"), try slug("milda")] : [],
        place: places[round % 2],
        now,
        &random
      )
      let sight = Sight(
        times: holder.extent(.viewBooking, now: now),
        contacts: holder.extent(.viewBooking, level: .p1, now: now),
        details: holder.extent(.viewBooking, level: .p2, now: now)
      )
      for booking in bookings {
        let row = try await shop.raw.read { try $0.visit(booking.id, through: sight) }
        let mayTime = holder.decide(.viewBooking, on: Target(booking), now: now).isGranted
        let mayName = holder.decide(.viewBooking, on: Target(booking), level: .p1, now: now).isGranted
        #expect((row != nil) == mayTime)
        #expect((row?.1 != nil) == (mayTime && mayName))
        if mayName { seen += 1 } else { hidden += 1 }
      }
    }
    #expect(seen > 300 && hidden > 300)
  }

  @Test func `whoever sees one place is told of somebody's hours there alone`() async throws {
    var business = try Shop.withRolesBusiness()
    let (tadas, kaunas) = (try slug("tadas"), try slug("kaunas"))
    let index = try #require(business.staff.firstIndex { $0.id == tadas })
    var sunday = try #require(business.staff[index].hours.first)
    sunday.days = [.sunday]
    sunday.location = kaunas
    business.staff[index].hours.append(sunday)
    business.staff.append(StaffMember(idle: try slug("greta"), "Greta", .receptionist))
    let greta = business.staff.count - 1
    let shop = try await Shop(business, emails: Cast.emails.merging(["greta": "greta@example.test"]) { $1 })
    for (place, onSunday) in [(kaunas, true), (try slug("main"), false)] {
      business.staff[greta].locations = [place]
      let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
        .merging([try slug("greta"): "greta@example.test"]) { $1 }
      _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
      shop.clock.move(1)
      let person = try await shop.person("greta")
      let week = try await shop.desk.openWeek(of: try day("2026-11-23"), staff: nil, by: person)
      let days = try #require(week.people.first { $0.person.id == tadas }).days
      #expect((days[6].working > 0) == onSunday)
      #expect((days[0].working > 0) == !onSunday)
      let view = try await shop.desk.openDay(try day("2026-11-29"), staff: tadas, by: person)
      #expect(view.people.map { $0.working.isEmpty } == [!onSunday])
    }
  }
}
