import Booking
import People
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

@Suite(.onEachEngine) struct VolumeTests {
  @Test
  func `a script with an administrator's session is stopped at the limit, and the owners are told (R28)`()
    async throws
  {
    let shop = try await Shop()
    let limit = try #require(RoleDefinition.builtIn.first { $0.id == .administrator }).limit
    let jonas = try await shop.person("jonas")
    var ids: [Identifier] = []
    for number in 0..<(limit.perMinute + 3) {
      let start = try opening() + .days(number)
      let contact = try ContactRecord.invented(
        shop.desk,
        try await shop.desk.keys.takeBlank().keys,
        shop.clock.now()
      )
      let booking = try BookingRecord.invented(contact.subject, at: start)
      try await shop.raw.change { changes in
        try changes.add(contact, indexes: nil)
        try changes.add(booking, idempotency: nil, requestHash: nil)
      }
      ids.append(booking.id)
    }
    for id in ids.prefix(limit.perMinute) { _ = try await shop.desk.openBooking(id, by: jonas) }
    try await shop.leaves(.bookingOpened, .volumeReached) {
      try await shop.desk.openBooking(ids[limit.perMinute], by: jonas)
    }
    // The same again costs nothing.
    _ = try await shop.desk.openBooking(ids[0], by: jonas)
    let told = "SELECT detail FROM notice WHERE staff = 'ona' AND detail = 'volume-reached'"
    #expect(try await shop.texts(told) == ["volume-reached"])
    shop.clock.move(60)
    _ = try await shop.desk.openBooking(ids[limit.perMinute], by: jonas)
    try await shop.tamper("UPDATE reading_volume SET in_day = \(limit.perDay)")
    try await shop.leaves(.contactRevealed, .volumeReached) {
      try await shop.desk.revealContact(ids[limit.perMinute + 1], by: jonas)
    }
    #expect(try await shop.texts(told).count == 1, "once a day")
    shop.clock.move(.days(1))
    let tomorrow = try await shop.person("jonas")
    _ = try await shop.desk.openBooking(ids[limit.perMinute + 1], by: tomorrow)
  }

  @Test func `what a vendor is shown is told to the owners each time (R26)`() async throws {
    var business = try SpareHands.business()
    let index = try #require(business.staff.firstIndex { $0.id.text == "milda" })
    business.staff[index].role = .vendor
    business.staff[index].engagement = Engagement(lastDay: try day("2026-11-25"), purpose: "Holiday cover")
    let shop = try await Shop(business)
    let ticket = try await shop.book(at: try at(1, "10:00"), with: "milda")
    shop.clock.set(try at(1, "09:00"))
    let milda = try await shop.person("milda")
    _ = try await shop.desk.openBooking(ticket.booking.id, by: milda)
    _ = try await shop.desk.openBooking(ticket.booking.id, by: milda)
    #expect(try await shop.texts("SELECT detail FROM notice WHERE staff = 'ona'") == ["vendor-looked"])
    try await shop.leaves(.contactRevealed, .notAllowed) {
      try await shop.desk.revealContact(ticket.booking.id, by: milda)
    }
    // The day after the last one nothing of the session is left.
    let session = try await shop.desk.store.change { [desk = shop.desk, now = shop.clock.now()] in
      try desk.startSession(of: milda.id, method: .password, in: $0, from: .at(), now: now)
    }
    shop.desk.sessions.forgetAll()
    #expect(try await shop.desk.person(token: session.token) != nil)
    shop.clock.set(try at(3, "00:00"))
    #expect(try await shop.desk.person(token: session.token) == nil)
  }
}

extension ContactRecord {
  fileprivate static func invented(_ desk: Desk, _ keys: SubjectKeys, _ now: Instant) throws -> ContactRecord
  {
    let cell = ContactField.name.cell(keys.subject, rowVersion: 1)
    return ContactRecord(
      subject: keys.subject,
      rowVersion: 1,
      name: try keys.seal("Rasa Jankauskienė", at: cell),
      email: nil,
      phone: nil,
      address: nil,
      answers: nil,
      answersUntil: nil,
      madeAt: now,
      confirmedAt: now
    )
  }
}

extension BookingRecord {
  /// Cancelled, so that it occupies nothing.
  fileprivate static func invented(_ subject: Identifier, at start: Instant) throws -> BookingRecord {
    BookingRecord(
      id: Identifier(at: start),
      subject: subject,
      service: try slug("repair"),
      staff: try slug("tadas"),
      location: try slug("main"),
      served: try #require(Interval(start: start, end: start + .hours(1))),
      sitting: nil,
      seat: nil,
      state: .cancelled,
      version: 1,
      linkVersion: 1,
      staffNamed: true,
      madeBy: .staff,
      visitorZone: "Europe/Vilnius",
      madeAt: start
    )
  }
}
