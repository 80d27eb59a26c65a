import Audit
import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// House rule 1: if the entry cannot be written, the act fails and nothing is changed.
@Suite struct FaultTests {
  private static let breakages = [
    ("ALTER TABLE audit_entry RENAME TO elsewhere", "ALTER TABLE elsewhere RENAME TO audit_entry"),
    (
      "CREATE TRIGGER broken BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'broken'); END",
      "DROP TRIGGER broken"
    ),
    (
      "CREATE TRIGGER broken BEFORE UPDATE ON audit_head BEGIN SELECT RAISE(ABORT, 'broken'); END",
      "DROP TRIGGER broken"
    ),
  ]

  @Test(arguments: breakages)
  func `no audit, no data`(breaks: String, mends: String) async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
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
    try await shop.tamper(breaks)
    let before = try await shop.picture()
    for (name, act) in acts {
      await #expect(throws: StorageFault.self, "\(name)") { try await act() }
      #expect(try await shop.picture() == before, "\(name)")
    }
    #expect(try await desk.timetable().business.name == "Spare Hands")
    try await shop.tamper(mends)
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
    try await shop.tamper(FaultTests.breakages[1].0)
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
