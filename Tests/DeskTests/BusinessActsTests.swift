import Audit
import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Applying and exporting the business file.
@Suite(.serialized, .onEachEngine) struct BusinessActsTests {
  private func emails(_ changes: [String: String?] = [:]) throws -> [Slug: String] {
    var emails = Cast.emails
    for (staff, email) in changes { emails[staff] = email }
    return try Dictionary(uniqueKeysWithValues: emails.map { (try slug($0.key), $0.value) })
  }

  @Test func `applying the same file again changes nothing`() async throws {
    let shop = try await Shop()
    let before = try await shop.picture()
    let applied = try await shop.leaves(.businessApplied) {
      try await shop.desk.apply(try SpareHands.business(), emails: try emails(), by: .commandLine)
    }
    #expect(applied?.changed == false)
    #expect(try await shop.picture() == before)
  }

  @Test func `the export is what was applied`() async throws {
    let shop = try await Shop()
    let exported = try await shop.leaves(.businessExported) {
      try await shop.desk.exportBusiness(by: .commandLine)
    }
    #expect(exported?.business == (try SpareHands.business()))
    #expect(exported?.emails == (try emails()))
    #expect(try await shop.entries().last?.fields == ["email"])
  }

  @Test func `removing what has coming bookings is refused with their number, and nothing is half applied`()
    async throws
  {
    let shop = try await Shop()
    try await shop.book(at: try at(1, "10:00"), with: "tadas")
    try await shop.book(at: try at(1, "12:00"), with: "tadas", for: Cast.marius)
    try await shop.book("class", at: try at(2, "10:00"), for: Cast.customer(1))
    var smaller = try SpareHands.business()
    smaller.name = "Smaller Hands"
    smaller.staff.removeAll { $0.id.text == "tadas" }
    smaller.services.removeAll { $0.id.text == "class" }
    let business = smaller
    let before = try await shop.picture()
    let entries = try await shop.entries().count
    let error = await #expect(throws: RemovalRefused.self) {
      _ = try await shop.desk.apply(business, emails: try emails(["tadas": nil]), by: .commandLine)
    }
    #expect(error?.reasons == ["service class: 1 coming booking", "staff tadas: 3 coming bookings"])
    #expect(try await shop.picture() == before)
    #expect(try await shop.entries(from: entries).map(\.outcome) == ["coming_bookings"])
    #expect(try await shop.desk.timetable().business.name == "Spare Hands")
    // Once they are past nothing stands in the way.
    shop.clock.move(.days(4))
    try await shop.leaves(.businessApplied) {
      try await shop.desk.apply(business, emails: try emails(["tadas": nil]), by: .commandLine)
    }
    #expect(try await shop.texts("SELECT id FROM staff WHERE active = 0") == ["tadas"])
  }

  @Test func `an older file takes nobody out who was invited, and no role, unless told to`() async throws {
    let shop = try await Shop(try SpareHands.withLeader())
    _ = try await shop.desk.invite(try slug("tadas"), by: .commandLine)
    var older = try SpareHands.business()
    older.staff.removeAll { ["jonas", "tadas"].contains($0.id.text) }
    let business = older
    let kept = try emails(["jonas": nil, "tadas": nil])
    let before = try await shop.picture()
    let entries = try await shop.entries().count
    let error = await #expect(throws: LackRefused.self) {
      _ = try await shop.desk.apply(business, emails: kept, removing: false, by: .commandLine)
    }
    // Nobody has ever invited Jonas.
    #expect(error?.lacking == ["staff tadas", "role leader", "role blind"])
    #expect(try await shop.picture() == before)
    #expect(try await shop.entries(from: entries).map(\.outcome) == ["stale"])
    try await shop.leaves(.businessApplied) {
      try await shop.desk.apply(business, emails: kept, removing: true, by: .commandLine)
    }
    #expect(
      try await shop.entries().last?.records
        == ["business/spare-hands", "staff/jonas", "staff/tadas", "role/leader", "role/blind"]
    )
  }

  @Test func `whoever has left, or was never invited, may be missing from the file`() async throws {
    let shop = try await Shop()
    _ = try await shop.desk.invite(try slug("tadas"), by: .commandLine)
    _ = try await shop.desk.leave(try slug("tadas"), by: try await shop.person("ona"))
    var smaller = try SpareHands.business()
    smaller.staff.removeAll { ["milda", "tadas"].contains($0.id.text) }
    let applied = try await shop.desk.apply(
      smaller,
      emails: try emails(["milda": nil, "tadas": nil]),
      removing: false,
      by: .commandLine
    )
    #expect(applied.changed)
    #expect(try await shop.desk.timetable().business.staff.map(\.id.text) == ["ona", "jonas"])
  }

  @Test func `another process notices with its next look`() async throws {
    let shop = try await Shop()
    let other = try await shop.another()
    _ = try await other.timetable()
    var shorter = try SpareHands.business()
    shorter.services[0].durations = [30]
    _ = try await shop.desk.apply(shorter, emails: try emails(), by: .commandLine)
    let ticket = try await other.bookSlot(
      try shop.request(at: try at(1, "10:00")),
      by: .stranger(network: "")
    )
    #expect(ticket.booking.served.length == .minutes(30))
    shorter.name = "Shorter Hands"
    _ = try await shop.desk.apply(shorter, emails: try emails(), by: .commandLine)
    try await other.refreshBusiness()
    #expect(try await other.timetable().business.name == "Shorter Hands")
  }

  @Test func `an address moves from one person to another, also crosswise`() async throws {
    let shop = try await Shop()
    _ = try await shop.desk.apply(
      try SpareHands.business(),
      emails: try emails(["tadas": "milda@example.test", "milda": "tadas@example.test"]),
      by: .commandLine
    )
    let tadas = try slug("tadas")
    #expect(try await shop.desk.exportBusiness(by: .commandLine).emails[tadas] == "milda@example.test")
    // Milda leaves, and the one who comes for her gets her mailbox.
    var next = try SpareHands.business()
    next.staff[3].id = try slug("ieva")
    _ = try await shop.desk.apply(
      next,
      emails: try emails(["tadas": "milda@example.test", "milda": nil, "ieva": "tadas@example.test"]),
      by: .commandLine
    )
    let exported = try await shop.desk.exportBusiness(by: .commandLine).emails
    #expect(exported.keys.map(\.text).sorted() == ["ieva", "jonas", "ona", "tadas"])
    #expect(exported[next.staff[3].id] == "tadas@example.test")
  }

  @Test func `who leaves takes sessions, password and invites along, and a namesake gets none of them`()
    async throws
  {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    let token = try await shop.desk.signIn(
      email: tadas.email,
      password: tadas.password,
      code: tadas.totp.code(at: shop.clock.now()),
      network: ""
    )
    #expect(try await shop.desk.person(token: token) != nil)
    let link = try await shop.desk.invite(try slug("tadas"), by: .commandLine)
    var without = try SpareHands.business()
    without.staff.removeAll { $0.id.text == "tadas" }
    _ = try await shop.desk.apply(without, emails: try emails(["tadas": nil]), by: .commandLine)
    #expect(try await shop.desk.person(token: token) == nil)
    _ = try await shop.desk.apply(
      try SpareHands.business(),
      emails: try emails(["tadas": "another.tadas@example.test"]),
      by: .commandLine
    )
    shop.clock.move(60)
    for email in [tadas.email, "another.tadas@example.test"] {
      try await shop.leaves(.sessionStarted, .signInRefused) {
        try await shop.desk.signIn(
          email: email,
          password: tadas.password,
          code: tadas.totp.code(at: shop.clock.now()),
          network: email
        )
      }
    }
    #expect(try await shop.desk.person(token: token) == nil)
    try await shop.leaves(.inviteOpened, .inviteSpent) {
      try await shop.desk.openInvite(try fragment(of: link))
    }
  }

  @Test func `strangers that were throttled share an entry without their network`() async throws {
    let shop = try await Shop()
    let before = try await shop.entries().count
    try await shop.desk.recordThrottling()
    let entry = try #require(try await shop.entries(from: before).first)
    #expect(entry.act == "visitors.throttled" && entry.outcome == "too_many" && entry.actor == "stranger")
  }
}
