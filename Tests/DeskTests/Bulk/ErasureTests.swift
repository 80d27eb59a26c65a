import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Customers of long ago are erased for good, by two people and exactly as shown (R8, R10, R28).
@Suite(.serialized, .onEachEngine) struct ErasureTests {
  /// Three visits on the third day; a fourth two weeks later; it is the day after the first three.
  private func shop(twoOwners: Bool = true) async throws -> Shop {
    let shop = try await Shop.withCustomers(twoOwners: twoOwners)
    try await shop.book(
      at: try at(3, "10:00") + .days(7),
      for: ContactForm(name: "Late Comer", email: "late@example.com")
    )
    shop.clock.set(try at(3, "08:00"))
    return shop
  }

  private func kept(_ shop: Shop) throws -> CivilDay {
    try shop.desk.zones.zone(named: "Europe/Vilnius").day(at: try at(3, "08:00"))
  }

  @Test func `what was shown is erased once another owner agrees, keys and all, and the rest stays`()
    async throws
  {
    let shop = try await shop()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let day = try kept(shop)
    let preview = try await shop.leaves(.erasureOpened) {
      try await shop.desk.previewErasure(keeping: day, by: ona)
    }
    #expect(preview?.erasure?.count == 3 && preview?.count == 4)
    let before = try await shop.count("contact WHERE erased_at IS NULL")
    let approval = try #require(
      try await shop.leaves(.approvalAsked) {
        try await shop.desk.askErasure(keeping: day, count: 3, by: ona)
      }
    )
    #expect(try await shop.count("contact WHERE erased_at IS NULL") == before, "asking erases nothing")
    try await shop.leaves(.approvalGiven, .notAllowed) { try await shop.desk.approve(approval.id, by: ona) }
    let subjects = try await shop.raw.read {
      try $0.all("SELECT subject FROM contact ORDER BY number LIMIT 3") { try $0.identifier(0) }
    }
    let first = try await shop.raw.read {
      try $0.all("SELECT id FROM booking ORDER BY start LIMIT 1") { try $0.identifier(0) }
    }
    _ = try await shop.desk.markBooking(first[0], .done, version: 1, by: ona)
    #expect(try await shop.count("booking_before") == 1)
    try await shop.leaves(.approvalGiven) { try await shop.desk.approve(approval.id, by: rita) }
    #expect(try await shop.entries().last?.count == 3)
    #expect(try await shop.count("booking_before") == 0)
    let left = """
      contact WHERE erased_at IS NOT NULL AND length(name) = 0 AND email IS NULL AND phone IS NULL AND address IS NULL
        AND answers IS NULL AND email_index IS NULL AND phone_index IS NULL
      """
    #expect(try await shop.count(left) == 3)
    // A move opens a sample of what is there; what was erased does not count as damaged.
    for size in [2, 10] {
      let sample = try await shop.raw.read { try $0.contactSample(atLeast: size) }
      #expect(sample.count == 1 && !subjects.contains(sample[0].subject))
    }
    // Between erasing and destroying the keys, pages work.
    let booking = try #require(
      try await shop.raw.read {
        try $0.all("SELECT id FROM booking ORDER BY start LIMIT 1") { try $0.identifier(0) }
      }
      .first
    )
    #expect(try await shop.desk.openBooking(booking, by: rita).firstName == "")

    let destroyed = try await shop.leaves(.customersErased) { try await shop.desk.destroyErasedKeys() }
    #expect(destroyed == 3)
    #expect(Set(try await shop.entries().last?.records ?? []) == Set(subjects.map { "subject/\($0)" }))
    #expect(try await shop.desk.keys.open(subjects).isEmpty)
    #expect(try await shop.count("erased_subject") == 0)
    #expect(try await shop.leavesNothing { try await shop.desk.destroyErasedKeys() } == 0)

    let erased = try #require(try await shop.raw.read { try $0.booking(booking) })
    _ = try await shop.desk.markBooking(booking, .noShow, version: erased.version, by: rita)
    #expect(try await shop.count("booking_before") == 0, "nor is anything kept of it any more")
    let opened = try await shop.desk.openBooking(booking, by: rita)
    #expect(opened.firstName == "" && opened.address == nil && !opened.hasContact)
    for query in ["Rasa", Cast.rasa.email ?? "", "Kalnas"] {
      #expect(try await shop.desk.searchCustomers(query, by: rita).isEmpty)
    }
    #expect(try await shop.desk.searchCustomers("late@example.com", by: rita).count == 1)
    #expect(try await shop.count("booking") == 4)
    let again = try await shop.desk.previewErasure(keeping: day, by: rita)
    #expect(again.erasure?.count == 0 && again.count == 1)
    #expect(
      try await refusal { try await shop.desk.askErasure(keeping: day, count: 0, by: rita) }?.code == .invalid
    )
  }

  @Test func `another number than was shown is another erasure`() async throws {
    let shop = try await shop()
    let (ona, rita, day) = (try await shop.person("ona"), try await shop.person("rita"), try kept(shop))
    try await shop.leaves(.approvalAsked, .stale) {
      try await shop.desk.askErasure(keeping: day, count: 2, by: ona)
    }
    let asked = try await shop.desk.askErasure(keeping: day, count: 3, by: ona)
    // One of them is gone meanwhile.
    try await shop.tamper(
      "UPDATE contact SET erased_at = 1 WHERE number = (SELECT min(number) FROM contact)"
    )
    try await shop.leaves(.approvalGiven, .stale) { try await shop.desk.approve(asked.id, by: rita) }
    #expect(try await shop.count("contact WHERE length(name) = 0") == 0)
  }

  @Test func `others, though as many, are another erasure`() async throws {
    let shop = try await shop()
    let (ona, rita, day) = (try await shop.person("ona"), try await shop.person("rita"), try kept(shop))
    let asked = try await shop.desk.askErasure(keeping: day, count: 3, by: ona)
    // One of them is gone, and the visit of another is over meanwhile.
    try await shop.tamper(
      "UPDATE contact SET erased_at = 1 WHERE number = (SELECT min(number) FROM contact)"
    )
    try await shop.tamper(
      """
      UPDATE booking SET start = start - 864000, "end" = "end" - 864000
      WHERE subject = (SELECT subject FROM contact ORDER BY number DESC LIMIT 1)
      """
    )
    let preview = try await shop.desk.previewErasure(keeping: day, by: ona)
    #expect(preview.erasure?.count == 3)
    try await shop.leaves(.approvalGiven, .stale) { try await shop.desk.approve(asked.id, by: rita) }
    #expect(try await shop.count("contact WHERE length(name) = 0") == 0)
  }

  @Test func `whoever has a visit later is kept, and a day that has not begun is refused`() async throws {
    let shop = try await shop()
    let (ona, day) = (try await shop.person("ona"), try kept(shop))
    let refused = try await refusal { try await shop.desk.previewErasure(keeping: day + 1, by: ona) }
    #expect(refused?.fields == [FieldProblem(path: "kept_from", reason: .notOver)])
    let asked = try await refusal { try await shop.desk.askErasure(keeping: day + 30, count: 4, by: ona) }
    #expect(asked?.fields == [FieldProblem(path: "kept_from", reason: .notOver)])
  }

  @Test func `nobody without the right looks, asks or agrees`() async throws {
    let shop = try await shop()
    let (tadas, jonas, day) = (try await shop.person("tadas"), try await shop.person("jonas"), try kept(shop))
    for person in [tadas, jonas] {
      try await shop.leaves(.erasureOpened, .notAllowed) {
        try await shop.desk.previewErasure(keeping: day, by: person)
      }
      try await shop.leaves(.approvalAsked, .notAllowed) {
        try await shop.desk.askErasure(keeping: day, count: 3, by: person)
      }
    }
  }

  @Test func `an owner alone waits a day, and a server that ends in between finishes it later`() async throws
  {
    let shop = try await shop(twoOwners: false)
    let day = try kept(shop)
    let approval = try await shop.desk.askErasure(keeping: day, count: 3, by: try await shop.person("ona"))
    #expect(approval.isAlone)
    shop.clock.move(.hours(24) - 1)
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
    shop.clock.move(1)
    try await shop.leaves(.approvalGiven) { try await shop.desk.runApprovals() }
    // The keys of the first are gone already, as if a server had ended right after.
    let first = try #require(try await shop.raw.read { try $0.erasedSubjects(atMost: 1) }.first)
    try await shop.desk.keys.store.change { try $0.destroySubjectKeys([first]) }
    let other = try await shop.another()
    #expect(try await other.destroyErasedKeys() == 3)
    #expect(try await shop.desk.destroyErasedKeys() == 0)
  }

  @Test func `a customer's own ways in end with their data`() async throws {
    let shop = try await shop()
    let day = try kept(shop)
    try await shop.tamper(
      """
      INSERT INTO customer_link (id, subject, made_at, expires_at)
      SELECT subject, subject, 1, 2 FROM contact ORDER BY number LIMIT 1
      """
    )
    let asked = try await shop.desk.askErasure(keeping: day, count: 3, by: try await shop.person("ona"))
    try await shop.desk.approve(asked.id, by: try await shop.person("rita"))
    #expect(try await shop.count("customer_link") == 0)
  }
}
