import Primitives
import Testing

@testable import Desk

/// Whom the terminal names when nobody could get in.
@Suite(.serialized, .onEachEngine) struct OwnerToInviteTests {
  @Test func `the owner is to be invited until an owner can sign in`() async throws {
    let shop = try await Shop()
    #expect(try await shop.desk.ownerToInvite() == slug("ona"))
    // A technician looks after nothing.
    _ = try await shop.signIn(for: "tadas")
    #expect(try await shop.desk.ownerToInvite() == slug("ona"))
    _ = try await shop.desk.invite(try slug("ona"), by: .commandLine)
    #expect(try await shop.desk.ownerToInvite() == slug("ona"), "an invite alone lets nobody in")
    _ = try await shop.signIn(for: "ona")
    #expect(try await shop.desk.ownerToInvite() == nil)
  }
}
