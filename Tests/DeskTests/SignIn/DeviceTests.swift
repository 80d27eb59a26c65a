import Audit
import Primitives
import Storage
import Testing

@testable import Desk

/// Browsers that are known to be somebody's.
@Suite(.serialized, .onEachEngine) struct DeviceTests {
  @Test func `a device that is forgotten is a stranger's from then on`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let begun = try await shop.signIn(ona)
    try await shop.leaves(.deviceForgotten) {
      try await shop.desk.forgetDevice(begun.person.device, of: begun.person.id, by: begun.person)
    }
    #expect(try await shop.desk.person(token: begun.token) == nil)
    let again = try await shop.signIn(ona, from: .at("home", begun.deviceToken))
    #expect(again.deviceToken != begun.deviceToken)
    #expect(try await shop.texts("SELECT unusual FROM session ORDER BY id DESC LIMIT 1") == ["new-device"])
  }

  @Test func `one browser serves two people, and nobody's token is taken over that we did not make`()
    async throws
  {
    let shop = try await Shop()
    let (ona, milda) = (try await shop.signIn(for: "ona"), try await shop.signIn(for: "milda"))
    let first = try await shop.signIn(ona)
    let second = try await shop.signIn(milda, from: .at("home", first.deviceToken))
    #expect(second.deviceToken == first.deviceToken)
    #expect(try await shop.count("device") == 2)
    #expect(Set(try await shop.blobs("SELECT token_hash FROM device")).count == 2)
    let planted = String(repeating: "A", count: 43)
    let third = try await shop.signIn(milda, from: .at("home", planted))
    #expect(third.deviceToken != planted)
    // Signing in once more in the same browser ends the session that was there.
    let fourth = try await shop.signIn(ona, from: .at("home", first.deviceToken))
    #expect(try await shop.desk.person(token: first.token) == nil)
    #expect(try await shop.desk.person(token: fourth.token) != nil)
  }
}
