import Audit
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Logins that several people use: found within a minute, told to the owners, settled by them (R14).
@Suite(.serialized, .onEachEngine) struct SharedLoginTests {
  @Test func `two clients at the same time are found when the second signs in`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    _ = try await shop.signIn(tadas, from: .at("workshop"))
    #expect(try await shop.count("finding") == 0)
    let before = try await shop.entries().count
    _ = try await shop.signIn(tadas, from: .at("elsewhere"))
    let acts = try await shop.entries(from: before).map(\.act)
    #expect(acts == ["session.started", "finding.raised"])
    let ona = try await shop.person("ona")
    let found = try await shop.desk.openFindings(by: ona)
    #expect(found.map(\.staff.text) == ["tadas"] && found.map(\.signs) == [[.twoPlaces]])
    #expect(
      try await shop.texts("SELECT staff FROM notice WHERE kind = 'shared-login'") == ["ona"]
    )
    // One open finding for each person.
    _ = try await shop.signIn(tadas, from: .at("a third place"))
    #expect(try await shop.count("finding") == 1)
  }

  @Test func `sessions that were begun hours apart are found within a minute of use side by side`()
    async throws
  {
    let shop = try await Shop()
    let other = try await shop.another()
    let tadas = try await shop.signIn(for: "tadas")
    let first = try await shop.signIn(tadas, from: .at("workshop"))
    shop.clock.move(.minutes(50))
    let second = try await shop.signIn(tadas, from: .at("elsewhere"))
    #expect(try await shop.count("finding") == 0)
    shop.clock.move(59)
    #expect(try await shop.desk.person(token: second.token) != nil)
    #expect(try await other.person(token: first.token) != nil)
    shop.clock.move(1)
    #expect(try await shop.desk.person(token: second.token) != nil)
    #expect(try await shop.count("finding") == 1)
  }

  @Test func `two devices in one network, or one device in two, are one person's`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    for _ in 0..<2 { _ = try await shop.signIn(tadas, from: .at("workshop")) }
    let milda = try await shop.signIn(for: "milda")
    let first = try await shop.signIn(milda, from: .at("workshop"))
    _ = try await shop.signIn(milda, from: .at("elsewhere", first.deviceToken))
    #expect(try await shop.count("finding") == 0)
  }

  @Test func `four new devices in a week, or three at once without a passkey, are found`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    for number in 0..<3 {
      _ = try await shop.signIn(tadas, from: .at("workshop"))
      #expect(try await shop.count("finding") == (number == 2 ? 1 : 0))
    }
    #expect(try await shop.texts("SELECT signs FROM finding") == ["no-passkey"])

    let milda = try await shop.signIn(for: "milda")
    _ = try await shop.passkey(for: "milda")
    for number in 0..<3 {
      shop.clock.move(.hours(13))
      _ = try await shop.signIn(milda, from: .at("workshop"))
      #expect(try await shop.count("finding") == (number == 2 ? 2 : 1))
    }
    #expect(Set(try await shop.texts("SELECT signs FROM finding")) == ["no-passkey", "many-devices"])
  }

  @Test func `an owner settles it once; what was explained is not asked again for a month`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    for place in ["workshop", "elsewhere"] { _ = try await shop.signIn(tadas, from: .at(place)) }
    let ona = try await shop.person("ona")
    let finding = try #require(try await shop.desk.openFindings(by: ona).first)
    for person in ["jonas", "tadas"] {
      let person = try await shop.person(person)
      try await shop.leaves(.findingSettled, .notAllowed) {
        try await shop.desk.settleFinding(finding.id, as: .explained, by: person)
      }
      try await shop.leaves(.accessOpened, .notAllowed) { try await shop.desk.openFindings(by: person) }
    }
    try await shop.leaves(.findingSettled) {
      try await shop.desk.settleFinding(finding.id, as: .explained, by: ona)
    }
    try await shop.leaves(.findingSettled, .unknown) {
      try await shop.desk.settleFinding(finding.id, as: .split, by: ona)
    }
    for place in ["workshop", "elsewhere"] { _ = try await shop.signIn(tadas, from: .at(place)) }
    #expect(try await shop.count("finding") == 1)
    shop.clock.move(.days(31))
    for place in ["workshop", "elsewhere"] { _ = try await shop.signIn(tadas, from: .at(place)) }
    #expect(try await shop.count("finding") == 2)
  }
}
