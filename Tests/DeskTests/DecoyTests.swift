import Booking
import People
import Primitives
import Storage
import TestKit
import Testing

@testable import Desk

/// Customers who are nobody, and whoever is shown one.
@Suite(.onEachEngine) struct DecoyTests {
  private let told = "SELECT staff FROM notice WHERE detail = 'decoy-shown' ORDER BY staff"

  @Test(arguments: ["well known", "+370 600 00 999"])
  func `whoever a search shows a decoy is named to the owners, once an hour (R28)`(query: String)
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.leaves(.decoyPlanted) {
      try await shop.desk.plantDecoy(name: "Somebody Well Known", phone: "+370 600 00 999", by: ona)
    }
    let jonas = try await shop.person("jonas")
    _ = try await shop.desk.searchCustomers("nobody at all", by: jonas)
    #expect(try await shop.texts(told) == [])
    let found = try await shop.leaves(.customersSearched) {
      try await shop.desk.searchCustomers(query, by: jonas)
    }
    #expect(found?.map(\.name) == ["Somebody Well Known"])
    let owners = try await shop.texts(told)
    #expect(owners.contains("ona") && !owners.contains("jonas"))
    _ = try await shop.desk.searchCustomers(query, by: jonas)
    #expect(try await shop.texts(told) == owners, "once an hour")
    shop.clock.move(.hours(1) + 1)
    _ = try await shop.desk.searchCustomers(query, by: try await shop.person("jonas"))
    #expect(try await shop.texts(told).count == owners.count * 2)
  }

  @Test(arguments: ["well known", "+370 600 00 999"])
  func `a decoy is shown to those of another place too, a customer is not (R28, R29)`(query: String)
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    try await shop.desk.plantDecoy(name: "Somebody Well Known", phone: "+370 600 00 999", by: ona)
    _ = try await shop.book(at: try at(1, "10:00"))
    let grant = try shop.grant("milda", .receptionist, at: ["kaunas"])
    _ = try await shop.desk.giveRole(grant, version: nil, by: ona)
    let milda = try await shop.person("milda")
    #expect(try await shop.desk.searchCustomers(query, by: milda).map(\.name) == ["Somebody Well Known"])
    #expect(try await shop.texts(told) == ["ona", "rita"])
    #expect(try await shop.desk.searchCustomers("Rasa", by: milda).isEmpty)
  }

  @Test func `a decoy is in no file and no count, and outlives the erasing of those of long ago`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    _ = try await shop.book(at: try at(1, "10:00"))
    let before = try await shop.desk.openExports(by: ona).count
    try await shop.desk.plantDecoy(name: "Somebody Well Known", phone: "", by: ona)
    #expect(try await shop.desk.openExports(by: ona).count == before)
    let later = shop.clock.now() + .days(400)
    #expect(try await shop.desk.store.read { try $0.contacts(servedBefore: later).count } == before)
    let filed = try await shop.desk.store.read { try $0.filedContacts(after: 0, until: later, atMost: 100) }
    #expect(filed.count == before)
  }

  @Test func `a decoy that is taken away is found no more, and its keys are destroyed`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    try await shop.desk.plantDecoy(name: "Somebody Well Known", phone: "", by: ona)
    let listed = try await shop.leaves(.decoysOpened) { try await shop.desk.openDecoys(by: ona) }
    let decoy = try #require(listed?.first)
    #expect(decoy.name == "Somebody Well Known" && decoy.phone == nil && decoy.plantedBy == ona.id)
    try await shop.leaves(.decoyRemoved) { try await shop.desk.removeDecoy(decoy.id, by: ona) }
    try await shop.leaves(.decoyRemoved, .unknown) { try await shop.desk.removeDecoy(decoy.id, by: ona) }
    #expect(try await shop.desk.openDecoys(by: ona).isEmpty)
    #expect(try await shop.desk.searchCustomers("well known", by: ona).isEmpty)
    _ = try await shop.desk.destroyErasedKeys()
    #expect(try await shop.desk.keys.open(decoy.id) == nil)
  }

  @Test func `only who gives roles plants, sees and removes decoys, and a real customer is none`()
    async throws
  {
    let shop = try await Shop()
    let (ona, milda) = (try await shop.person("ona"), try await shop.person("milda"))
    try await shop.leaves(.decoyPlanted, .notAllowed) {
      try await shop.desk.plantDecoy(name: "Somebody Well Known", phone: "", by: milda)
    }
    try await shop.leaves(.decoysOpened, .notAllowed) { try await shop.desk.openDecoys(by: milda) }
    let subject = try await shop.book(at: try at(1, "10:00")).booking.subject
    try await shop.leaves(.decoyRemoved, .notAllowed) { try await shop.desk.removeDecoy(subject, by: milda) }
    try await shop.leaves(.decoyRemoved, .unknown) { try await shop.desk.removeDecoy(subject, by: ona) }
    for (name, phone, field) in [("", "", "name"), ("A", "not a number", "phone"), ("A\u{0}", "", "name")] {
      let refused = try await refusal { try await shop.desk.plantDecoy(name: name, phone: phone, by: ona) }
      #expect(refused?.fields.map(\.path) == [field])
    }
  }
}
