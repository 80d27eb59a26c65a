import Audit
import Booking
import Primitives
import Testing

@testable import Desk

/// Days, weeks, time off and searches.
@Suite(.onEachEngine) struct ListingActsTests {
  let shop: Shop
  let ona: StaffPerson
  let jonas: StaffPerson
  let tadas: StaffPerson
  let milda: StaffPerson

  init() async throws {
    shop = try await Shop()
    ona = try await shop.person("ona")
    jonas = try await shop.person("jonas")
    tadas = try await shop.person("tadas")
    milda = try await shop.person("milda")
  }

  @Test func `a day names every booking it showed`() async throws {
    let first = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    var visit = Cast.marius
    visit.address = "Tilto g. 9, Vilnius"
    visit.answers = ["door": "the green one"]
    let second = try await shop.book("visit", at: try at(2, "12:00"), for: visit)
    let wednesday = try day("2026-11-25")
    let whole = try await shop.leaves(.dayOpened) {
      try await shop.desk.openDay(wednesday, staff: nil, by: ona)
    }
    #expect(whole?.people.map(\.person.id.text) == ["tadas", "milda"])
    let seen = try #require(whole?.people.last?.visits.first)
    #expect(seen.firstName == "Marius" && seen.address == "Tilto g. 9, Vilnius")
    #expect(seen.answers.map(\.answer) == ["the green one"])
    let entry = try #require(try await shop.entries().last)
    #expect(Set(entry.records) == ["booking/\(first.booking.id)", "booking/\(second.booking.id)"])
    let own = try await shop.leaves(.dayOpened) {
      try await shop.desk.openDay(wednesday, staff: nil, by: tadas)
    }
    #expect(own?.people.count == 1 && own?.people.first?.visits.count == 1)
    try await shop.leaves(.dayOpened, .unknown) {
      try await shop.desk.openDay(wednesday, staff: milda.id, by: tadas)
    }
    try await shop.leaves(.dayOpened, .unknown) {
      try await shop.desk.openDay(wednesday, staff: try slug("nobody"), by: ona)
    }
  }

  @Test func `a week shows counts only and is no act, its refusal is`() async throws {
    try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let wednesday = try day("2026-11-25")
    let week = try await shop.leavesNothing {
      try await shop.desk.openWeek(of: wednesday, staff: nil, by: ona)
    }
    #expect(week.monday == (try day("2026-11-23")))
    #expect(week.people.first?.days.map(\.bookings) == [0, 0, 1, 0, 0, 0, 0])
    #expect(week.people.first?.days[4].holiday == "Stocktaking")
    try await shop.leaves(.dayOpened, .unknown) {
      try await shop.desk.openWeek(of: wednesday, staff: milda.id, by: tadas)
    }
  }

  @Test func `blocking time lists what it hits, and lifting gives it back`() async throws {
    let hit = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    try await shop.book(at: try at(2, "10:00"), with: "milda", for: Cast.marius)
    let (from, to) = (try at(2, "07:00"), try at(2, "12:00"))
    let blocked = try await shop.leaves(.timeOffAdded) {
      try await shop.desk.blockTimeOff(staff: tadas.id, from: from, to: to, by: tadas)
    }
    let timeOff = try #require(blocked?.timeOff.id)
    #expect(blocked?.hits.map(\.booking.id) == [hit.booking.id])
    #expect(try await shop.entries().last?.records == ["staff/tadas", "booking/\(hit.booking.id)"])
    #expect(try await !shop.starts("repair", "2026-11-25", with: "tadas").contains(try at(2, "11:30")))
    #expect(try await shop.leavesNothing { try await shop.desk.comingTimeOff(by: tadas) }.count == 1)
    #expect(try await shop.desk.comingTimeOff(by: milda).isEmpty)

    try await shop.leaves(.timeOffAdded, .unknown) {
      try await shop.desk.blockTimeOff(staff: tadas.id, from: from, to: to, by: milda)
    }
    try await shop.leaves(.timeOffAdded, .invalid) {
      try await shop.desk.blockTimeOff(staff: tadas.id, from: to, to: from, by: jonas)
    }
    try await shop.leaves(.timeOffAdded, .invalid) {
      try await shop.desk.blockTimeOff(staff: try slug("nobody"), from: from, to: to, by: ona)
    }
    let opened = try await shop.leaves(.dayOpened) { try await shop.desk.openTimeOff(timeOff, by: tadas) }
    #expect(opened?.hits.count == 1)
    try await shop.leaves(.dayOpened, .unknown) { try await shop.desk.openTimeOff(timeOff, by: milda) }
    try await shop.leaves(.dayOpened, .unknown) { try await shop.desk.openTimeOff(hit.booking.id, by: ona) }
    try await shop.leaves(.timeOffLifted, .unknown) { try await shop.desk.liftTimeOff(timeOff, by: milda) }
    try await shop.leaves(.timeOffLifted) { try await shop.desk.liftTimeOff(timeOff, by: tadas) }
    try await shop.leaves(.timeOffLifted, .unknown) { try await shop.desk.liftTimeOff(timeOff, by: ona) }
    #expect(try await shop.starts("repair", "2026-11-25", with: "tadas").contains(try at(2, "11:30")))
  }

  @Test func `a search is recorded with whom it showed`() async throws {
    let ticket = try await shop.book(at: try at(2, "10:00"))
    try await shop.book(at: try at(2, "12:00"), for: Cast.marius)
    for query in ["RASA@example.com", "+370 600 00001", "jankausk"] {
      let found = try await shop.leaves(.customersSearched) {
        try await shop.desk.searchCustomers(query, by: jonas)
      }
      #expect(found?.map(\.email) == ["rasa@example.com"], "\(query)")
      #expect(found?.first?.bookings.map(\.id) == [ticket.booking.id])
      let entry = try #require(try await shop.entries().last)
      #expect(entry.records == ["subject/\(ticket.booking.subject)"])
      #expect(entry.fields == ["email", "name", "phone"])
      #expect(entry.count == (query == "jankausk" ? 2 : nil), "a search by name opens every contact")
    }
    let none = try await shop.leaves(.customersSearched) {
      try await shop.desk.searchCustomers("ieva@example.com", by: ona)
    }
    #expect(none?.isEmpty == true)
    try await shop.leaves(.customersSearched, .invalid) {
      try await shop.desk.searchCustomers("  R ", by: ona)
    }
    try await shop.leaves(.customersSearched, .notAllowed) {
      try await shop.desk.searchCustomers("rasa@example.com", by: tadas)
    }
  }

  @Test func `who works here is the owner's to see`() async throws {
    let people = try await shop.leavesNothing { try await shop.desk.listPeople(by: ona) }
    #expect(people.map(\.person.id.text) == ["ona", "jonas", "tadas", "milda"])
    #expect(people.allSatisfy { !$0.canSignIn && !$0.isInvited })
    for person in [jonas, tadas] {
      let before = try await shop.entries().count
      #expect(try await refusal { try await shop.desk.listPeople(by: person) }?.code == .notAllowed)
      #expect(try await shop.entries().count == before + 1)
    }
  }
}
