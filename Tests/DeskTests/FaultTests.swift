import Audit
import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// House rule 1: if the entry cannot be written, the act fails and nothing is changed.
@Suite(.onEachEngine) struct FaultTests {
  @Test(arguments: Breakage.allCases)
  func `no audit, no data`(breakage: Breakage) async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let tadas = try await shop.person("tadas")
    let signIn = try await shop.signIn(for: "ona")
    let invite = try fragment(of: try await shop.desk.invite(try slug("milda"), by: .commandLine))
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    let code = try shop.code(ticket)
    let mailed = try shop.mailedCode(ticket)
    let desk = shop.desk
    let id = ticket.booking.id
    let (from, to) = (try at(3, "09:00"), try at(3, "12:00"))
    let wednesday = try day("2026-11-25")
    var renamed = try SpareHands.business()
    renamed.name = "Other Hands"
    let business = renamed
    let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })

    let acts: [(String, @Sendable () async throws -> Void)] = [
      ("book", { try await shop.book(at: try at(2, "14:00")) }),
      ("be refused", { try await shop.book(at: try at(2, "10:00"), with: "tadas") }),
      ("be invalid", { try await shop.book(at: try at(2, "14:00"), for: ContactForm(name: "")) }),
      (
        "move",
        { _ = try await desk.rescheduleManagedBooking(code: code, version: 1, start: try at(2, "14:00")) }
      ),
      ("cancel", { _ = try await desk.cancelManagedBooking(code: code, version: 1) }),
      ("confirm", { _ = try await desk.confirmContact(code: mailed) }),
      ("mark", { _ = try await desk.markBooking(id, .arrived, version: 1, by: ona) }),
      ("open", { _ = try await desk.openBooking(id, by: ona) }),
      ("reveal", { _ = try await desk.revealContact(id, by: ona) }),
      ("day", { _ = try await desk.openDay(wednesday, staff: nil, by: ona) }),
      ("search", { _ = try await desk.searchCustomers("rasa@example.com", by: ona) }),
      ("block", { _ = try await desk.blockTimeOff(staff: ona.id, from: from, to: to, by: ona) }),
      ("ask", { _ = try await desk.askLeave("search", minutes: 60, because: "Milda is ill", by: tadas) }),
      ("break", { _ = try await desk.openEmergency(because: "Water everywhere", by: tadas) }),
      ("invite", { _ = try await desk.invite(try slug("milda"), by: .commandLine) }),
      ("open invite", { _ = try await desk.openInvite(invite) }),
      ("apply", { _ = try await desk.apply(business, emails: emails, by: .commandLine) }),
      ("export", { _ = try await desk.exportBusiness(by: .commandLine) }),
      (
        "sign in",
        {
          let code = signIn.totp.code(at: shop.clock.now())
          _ = try await desk.signIn(email: signIn.email, password: signIn.password, code: code, network: "")
        }
      ),
    ]
    try await breakage.strike(shop)
    let before = try await shop.picture()
    for (name, act) in acts {
      await #expect(throws: StorageFault.self, "\(name)") { try await act() }
      #expect(try await shop.picture() == before, "\(name)")
    }
    #expect(try await desk.timetable().business.name == "Spare Hands")
    try await breakage.mend(shop)
    for (name, act) in acts {
      do {
        try await act()
      } catch let refused as Refusal {
        #expect(
          [.slotTaken, .invalid, .alreadyEnded, .stale, .inviteSpent].contains(refused.code),
          "\(name)"
        )
      }
    }
    let report = try await shop.audit()
    #expect(report.holds, "\(report.findings)")
  }

  @Test func `an entry that cannot be kept is a fault of the store's, for which the answer is 503`()
    async throws
  {
    let shop = try await Shop()
    try await Breakage.entryRefused.strike(shop)
    let error = await #expect(throws: StorageFault.self) { _ = try await shop.book(at: try at(2, "14:00")) }
    #expect(House.isAway(try #require(error)))
  }

  @Test func `a missing key refuses and loses nothing`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let ticket = try await shop.book(at: try at(2, "10:00"))
    try await shop.tamper("UPDATE contact SET name = (SELECT email FROM contact)")
    let before = try await shop.picture()
    await #expect(throws: (any Error).self) {
      _ = try await shop.desk.revealContact(ticket.booking.id, by: ona)
    }
    await #expect(throws: (any Error).self) {
      _ = try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: ona)
    }
    #expect(try await shop.picture() == before)
  }
}

/// Ways in which the record can be kept no more.
enum Breakage: CaseIterable, Sendable {
  case tableGone
  case entryRefused
  /// On PostgreSQL the head moves after the act: there the act's own entry is refused again.
  case headStuck

  func strike(_ shop: Shop) async throws {
    let table = table(shop)
    switch self {
    case .tableGone: try await shop.tamper("ALTER TABLE \(table) RENAME TO elsewhere")
    case .entryRefused, .headStuck:
      try await shop.tamper(
        "CREATE TRIGGER broken BEFORE \(moment(shop)) ON \(table) FOR EACH ROW \(action(shop))"
      )
    }
  }

  func mend(_ shop: Shop) async throws {
    switch (self, shop.place.engine) {
    case (.tableGone, .sqlite): try await shop.tamper("ALTER TABLE elsewhere RENAME TO audit_entry")
    case (.tableGone, .postgres):
      try await shop.tamper("ALTER TABLE \(shop.place.namespace).elsewhere RENAME TO audit_waiting")
    case (_, .sqlite): try await shop.tamper("DROP TRIGGER broken")
    case (_, .postgres): try await shop.tamper("DROP TRIGGER broken ON \(table(shop))")
    }
  }

  private func table(_ shop: Shop) -> String {
    switch shop.place.engine {
    case .sqlite: self == .headStuck ? "audit_head" : "audit_entry"
    case .postgres: shop.place.namespace + ".audit_waiting"
    }
  }

  private func moment(_ shop: Shop) -> String {
    self == .headStuck && shop.place.engine == .sqlite ? "UPDATE" : "INSERT"
  }

  private func action(_ shop: Shop) -> String {
    switch shop.place.engine {
    case .sqlite: "BEGIN SELECT RAISE(ABORT, 'broken'); END"
    case .postgres: "EXECUTE FUNCTION \(shop.place.namespace).refuse_update('broken')"
    }
  }
}
