import Audit
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Logins that several people use: found within a minute, told to the owners, settled by them (R14).
@Suite(.serialized, .onEachEngine) struct SharedLoginTests {
  /// Signs in from each place, and uses each session again a minute later.
  @discardableResult
  private func use(_ who: Credentials, from places: [String], in shop: Shop) async throws -> [SignedIn] {
    var begun: [SignedIn] = []
    for place in places { begun.append(try await shop.signIn(who, from: .at(place))) }
    shop.clock.move(.minutes(1))
    for session in begun { #expect(try await shop.desk.person(token: session.token) != nil) }
    return begun
  }

  @Test func `two clients in parallel are found within a minute (R14)`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    let first = try await shop.signIn(tadas, from: .at("workshop"))
    let second = try await shop.signIn(tadas, from: .at("elsewhere"))
    #expect(try await shop.count("finding") == 0)
    let before = try await shop.entries().count
    let began = shop.clock.now()
    while try await shop.count("finding") == 0, shop.clock.now() - began < 60 {
      shop.clock.move(1)
      for session in [first, second] { _ = try await shop.desk.person(token: session.token) }
    }
    let acts = try await shop.entries(from: before).map(\.act)
    #expect(acts == ["finding.raised"])
    let ona = try await shop.person("ona")
    let found = try await shop.desk.openFindings(by: ona)
    #expect(found.map(\.staff.text) == ["tadas"] && found.map(\.signs) == [[.twoPlaces]])
    #expect(
      try await shop.texts("SELECT staff FROM notice WHERE kind = 'shared-login'") == ["ona"]
    )
    // One open finding for each person.
    try await use(tadas, from: ["a third place", "a fourth"], in: shop)
    #expect(try await shop.count("finding") == 1)
  }

  @Test func `signing in again and again raises nothing, as programs do that keep no cookie`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    for number in 0..<8 {
      _ = try await shop.signIn(tadas, from: .at(number % 2 == 0 ? "workshop" : "elsewhere"))
    }
    #expect(try await shop.count("device") == 8)
    #expect(try await shop.count("finding") == 0)
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
    shop.clock.move(.minutes(5))
    #expect(try await shop.desk.person(token: second.token) != nil)
    #expect(try await shop.count("finding") == 0)
    #expect(try await other.person(token: first.token) != nil)
    #expect(try await shop.count("finding") == 1)
  }

  @Test func `two devices in one network, or one device in two, are one person's`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    try await use(tadas, from: ["workshop", "workshop"], in: shop)
    let milda = try await shop.signIn(for: "milda")
    let first = try await shop.signIn(milda, from: .at("workshop"))
    _ = try await shop.signIn(milda, from: .at("elsewhere", first.deviceToken))
    #expect(try await shop.count("finding") == 0)
  }

  @Test func `four new devices used beside each other, or three at once without a passkey, are found`()
    async throws
  {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    try await use(tadas, from: ["workshop", "workshop", "workshop"], in: shop)
    #expect(try await shop.texts("SELECT signs FROM finding") == ["no-passkey"])

    let milda = try await shop.signIn(for: "milda")
    _ = try await shop.passkey(for: "milda")
    for round in 0..<2 {
      #expect(try await shop.count("finding") == 1)
      try await use(milda, from: ["workshop", "workshop"], in: shop)
      shop.clock.move(.hours(13 * (round + 1)))
    }
    #expect(Set(try await shop.texts("SELECT signs FROM finding")) == ["no-passkey", "many-devices"])
  }

  @Test func `an owner settles it once; what was explained is not asked again for a month`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    try await use(tadas, from: ["workshop", "elsewhere"], in: shop)
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
    try await use(tadas, from: ["workshop", "elsewhere"], in: shop)
    #expect(try await shop.count("finding") == 1)
    shop.clock.move(.days(31))
    try await use(tadas, from: ["workshop", "elsewhere"], in: shop)
    #expect(try await shop.count("finding") == 2)
  }
}
