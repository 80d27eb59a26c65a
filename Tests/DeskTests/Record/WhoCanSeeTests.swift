import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// "Who can see this" says what real requests get (R21).
@Suite(.serialized, .onEachEngine) struct WhoCanSeeTests {
  @Test func `of 200 people and bookings at random the list says what each real act gets (R21)`() async throws
  {
    var random = SeededGenerator(21)
    let business = try SpareHands.crowd(24, &random)
    let emails = Dictionary(
      uniqueKeysWithValues: business.staff.map { ($0.id.text, "\($0.id)@example.test") }
    )
    let shop = try await Shop(business, emails: emails)
    let people = business.staff.map(\.id.text).filter { $0.hasPrefix("person") }
    var bookings: [BookingRecord] = []
    for (number, person) in people.enumerated() {
      let start = try at(number % 3, ["10:00", "12:00", "14:00"][number / 8])
      bookings.append(try await shop.book(at: start, with: person, for: Cast.customer(number)).booking)
    }
    var pairs = 0
    var kinds: [AccessLine.Seen: Int] = [:]
    for step in 0..<8 {
      shop.clock.set(try at(0, "08:30") + .hours(7 * step))
      for _ in 0..<25 {
        let booking = try #require(bookings.randomElement(using: &random))
        let person = try #require(people.randomElement(using: &random))
        let list = try await shop.desk.listAccess(to: booking.id, by: try await shop.person("ona"))
        let line = try #require(list.people.first { $0.person.id.text == person })
        let got = try await shop.whatGets(person, booking)
        #expect(Got(line) == got, "\(person) \(booking.staff) step \(step)")
        kinds[line.sight, default: 0] += 1
        pairs += 1
      }
    }
    #expect(pairs == 200)
    for kind in [AccessLine.Seen.nothing, .time, .name, .details] {
      #expect(kinds[kind, default: 0] > 3, "\(kind) hardly came up: \(kinds)")
    }
  }

  @Test func `the list names role, reason, end and the last look`() async throws {
    let shop = try await Shop()
    let id = try await shop.book(at: try at(2, "10:00"), with: "tadas").booking.id
    var line = try #require(try await shop.access(to: id, of: "tadas"))
    #expect(line.sight == .time && line.mayOpen && !line.mayReveal && line.lastLook == nil)
    #expect(try line.opensAt == at(1, "22:00") && line.until == nil)
    #expect(line.reason == .role(.technician, .own))

    shop.clock.set(try at(2, "08:00"))
    _ = try await shop.desk.openBooking(id, by: try await shop.person("tadas"))
    let number = try await shop.entries().count - 1
    line = try #require(try await shop.access(to: id, of: "tadas"))
    #expect(line.sight == .details && line.mayReveal)
    #expect(try line.until == at(2, "15:00"))
    #expect(try line.lastLook?.at == at(2, "08:00") && line.lastLook?.number == number)

    let milda = try #require(try await shop.access(to: id, of: "milda"))
    #expect(milda.sight == .nothing && milda.reason == nil && milda.refusal == .notTheirs)
    let jonas = try #require(try await shop.access(to: id, of: "jonas"))
    #expect(jonas.sight == .name && jonas.mayReveal && jonas.mayFind)
    #expect(try await shop.access(to: id, of: "ona")?.sight == .details)
    _ = try await shop.desk.leave(try slug("milda"), by: try await shop.person("ona"))
    #expect(try await shop.access(to: id, of: "milda") == nil, "whoever has left is not listed")
  }

  @Test func `the list is an act, refused to whose role does not show it`() async throws {
    let shop = try await Shop()
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let id = try await shop.book(at: try at(2, "10:00"), with: "tadas").booking.id
    try await shop.leaves(.accessListed) { try await shop.desk.listAccess(to: id, by: ona) }
    let entry = try #require(try await shop.entries().last)
    #expect(entry.records == ["booking/\(id)"] && entry.count == 4 && entry.fields == [])
    try await shop.leaves(.accessListed, .notAllowed) { try await shop.desk.listAccess(to: id, by: tadas) }
    try await shop.leaves(.accessListed, .unknown) {
      try await shop.desk.listAccess(to: Identifier(high: 7, low: 7), by: ona)
    }
  }
}

/// What somebody gets of one booking.
struct Got: Hashable {
  var sight = AccessLine.Seen.nothing
  var opens = false
  var reveals = false
  var finds = false

  init() {}

  init(_ line: AccessLine) {
    sight = line.sight
    opens = line.mayOpen
    reveals = line.mayReveal
    finds = line.mayFind
  }
}

extension Shop {
  /// The line about somebody in what the owner is shown.
  func access(to booking: Identifier, of person: String) async throws -> AccessLine? {
    let list = try await desk.listAccess(to: booking, by: try await self.person("ona"))
    return list.people.first { $0.person.id.text == person }
  }

  /// What somebody gets of a booking by asking for it in every way there is.
  func whatGets(_ person: String, _ booking: BookingRecord) async throws -> Got {
    var got = Got()
    let zone = try desk.zones.zone(named: "Europe/Vilnius")
    let (now, staff) = (clock.now(), try slug(person))
    let begun = try await desk.store.change { [desk] in
      try desk.startSession(of: staff, method: .password, in: $0, from: .at(), now: now)
    }
    // Nobody's, once their time here is over.
    guard let reader = try await desk.person(token: begun.token) else { return got }
    let day = try? await desk.openDay(zone.day(at: booking.served.start), staff: nil, by: reader)
    let listed = day?.people.flatMap(\.visits).first { $0.booking.id == booking.id }
    if let listed { got.sight = listed.isClosed ? .time : listed.showsDetails ? .details : .name }
    do {
      let opened = try await desk.openBooking(booking.id, by: reader)
      got.opens = true
      got.sight = max(got.sight, opened.isClosed ? .time : opened.showsDetails ? .details : .name)
      if let listed {
        #expect(opened.isClosed == listed.isClosed && opened.showsDetails == listed.showsDetails)
      }
    } catch is Refusal {}
    do {
      _ = try await desk.revealContact(booking.id, by: reader)
      got.reveals = true
    } catch is Refusal {}
    let contact = try await desk.store.ask { try $0.contact(booking.subject) }
    let keys = try #require(try await desk.keys.open(booking.subject))
    let email = try #require(try contact?.open(.email, keys))
    do {
      got.finds = try await desk.searchCustomers(email, by: reader)
        .contains { $0.bookings.contains { $0.id == booking.id } }
    } catch is Refusal {}
    return got
  }
}
