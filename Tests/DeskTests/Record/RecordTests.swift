import Audit
import Booking
import Primitives
import Storage
import Testing

@testable import Desk

/// The auditor's pages of the record, and the index beneath them.
@Suite(.serialized, .onEachEngine) struct RecordTests {
  let shop: Shop
  let audra: StaffPerson

  init() async throws {
    let emails = ["audra": "audra@example.test", "boris": "boris@example.test"]
    shop = try await Shop(try SpareHands.withAuditor(), emails: Cast.emails.merging(emails) { $1 })
    audra = try await shop.person("audra")
  }

  @Test func `the record is opened by whoever may audit, and opening it is an act`() async throws {
    let page = try #require(
      try await shop.leaves(.recordOpened) { try await shop.desk.openRecord(by: audra) }
    )
    #expect(page.entries.map(\.act) == ["business.applied"] && page.older == nil && page.size == 1)
    #expect(try await shop.entries().last?.count == 1)
    try await shop.leaves(.recordOpened) { try await shop.desk.openRecord(by: try await shop.person("ona")) }
    for other in ["jonas", "tadas", "boris"] {
      let person = try await shop.person(other)
      try await shop.leaves(.recordOpened, .notAllowed) { try await shop.desk.openRecord(by: person) }
    }
  }

  @Test func `it is narrowed by person, act and day, and goes on a hundred at a time`() async throws {
    let (ona, tadas) = (try await shop.person("ona"), try await shop.person("tadas"))
    let monday = try day("2026-11-23")
    for number in 0..<130 {
      // Early on Tuesday it is Monday still where days are counted from Greenwich.
      if number == 100 { shop.clock.set(try at(1, "00:30")) }
      _ = try await shop.desk.openDay(monday, staff: nil, by: number.isMultiple(of: 2) ? ona : tadas)
    }
    _ = try await shop.desk.openRecord(by: audra)
    func numbers(_ filter: RecordFilter, before: Int? = nil) async throws -> [Int] {
      try await shop.desk.openRecord(filter, before: before, by: audra).entries.map(\.number)
    }
    let opened = try await numbers(RecordFilter(act: .dayOpened))
    #expect(opened == Array((31...130).reversed()))
    #expect(try await numbers(RecordFilter(act: .dayOpened), before: 31) == Array((1...30).reversed()))
    #expect(
      try await numbers(RecordFilter(party: .staff(tadas.id)))
        == (1...130).filter { $0.isMultiple(of: 2) }.reversed()
    )
    #expect(
      try await numbers(RecordFilter(act: .dayOpened, day: try day("2026-11-24")))
        == Array((101...130).reversed())
    )
    let narrow = RecordFilter(party: .staff(ona.id), act: .dayOpened, day: monday)
    #expect(try await numbers(narrow) == (1...100).filter { !$0.isMultiple(of: 2) }.reversed())
    #expect(try await numbers(RecordFilter(party: .commandLine)) == [0])
    #expect(try await numbers(RecordFilter(party: .customer)) == [])
  }

  @Test func `the index may be emptied and comes back the same, wherever it broke off`() async throws {
    let ticket = try await shop.book(at: try at(2, "10:00"), with: "tadas")
    _ = try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: try await shop.person("ona"))
    try await shop.desk.completeIndex()
    let whole = try await index()
    #expect(whole.contains("booking/\(ticket.booking.id) 1 stranger 0"))
    #expect(whole.contains("booking/\(ticket.booking.id) 2 staff/ona 1"))
    try await shop.tamper("DELETE FROM audit_mention")
    try await shop.tamper("DELETE FROM audit_indexed")
    try await shop.desk.completeIndex()
    #expect(try await index() == whole)
    // As a kill leaves it: entries taken in, and the end where it was, or none of the two.
    try await shop.tamper("UPDATE audit_indexed SET upto = 1")
    try await shop.desk.completeIndex()
    #expect(try await index() == whole)
    struct Killed: Error {}
    let mention = AuditMention(record: "booking/x", seq: 99, actor: "server", isLook: false)
    let next = whole.isEmpty ? 0 : 3
    await #expect(throws: Killed.self) {
      try await shop.raw.change { changes in
        _ = try changes.index([mention], from: next, until: 100)
        throw Killed()
      }
    }
    #expect(try await index() == whole)
    #expect(try await shop.audit().holds)
  }

  @Test func `two processes may keep it at once`() async throws {
    let other = try await shop.another()
    let ona = try await shop.person("ona")
    for _ in 0..<60 { _ = try await shop.desk.openDay(try day("2026-11-25"), staff: nil, by: ona) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        let desk = number.isMultiple(of: 2) ? other : shop.desk
        group.addTask { try await desk.completeIndex() }
      }
      try await group.waitForAll()
    }
    #expect(try await shop.count("audit_mention WHERE record = 'act/day.opened'") == 60)
    #expect(try await shop.count("audit_mention WHERE record = 'by/staff/ona'") == 60)
    #expect(try await shop.texts("SELECT CAST(upto AS TEXT) FROM audit_indexed") == ["61"])
  }

  @Test func `the server keeps it once a minute`() async throws {
    _ = try await shop.desk.store.auditHead()
    try await shop.desk.keepIndex()
    let first = try await index().count
    #expect(first > 0)
    try await shop.book(at: try at(2, "10:00"))
    _ = try await shop.desk.store.auditHead()
    try await shop.desk.keepIndex()
    #expect(try await index().count == first)
    shop.clock.move(.minutes(1))
    try await shop.desk.keepIndex()
    #expect(try await index().count == first + 5)
  }

  private func index() async throws -> [String] {
    try await shop.texts(
      """
      SELECT record || ' ' || CAST(seq AS TEXT) || ' ' || actor || ' ' || CAST(is_look AS TEXT)
      FROM audit_mention ORDER BY record, seq
      """
    )
  }
}
