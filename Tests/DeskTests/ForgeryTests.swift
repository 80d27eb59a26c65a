import Foundation
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// Somebody who can write to the database but has no root key.
@Suite(.onEachEngine) struct ForgeryTests {
  @Test func `a session written into the database opens nothing`() async throws {
    let shop = try await Shop()
    let own = Token()
    let now = shop.clock.now()
    let guesses = [Hash32(of: Array(own.text.utf8)).bytes, Array(own.text.utf8.prefix(32))]
    for guess in guesses {
      let session = SessionRecord(
        id: Identifier(at: now),
        staff: try slug("ona"),
        startedAt: now,
        seenAt: now
      )
      try await shop.raw.change { try $0.add(session, tokenHash: guess) }
    }
    #expect(try await shop.desk.person(token: own.text) == nil)
    let signIn = try await shop.signIn(for: "ona")
    let token = try await shop.desk.signIn(
      email: signIn.email,
      password: signIn.password,
      code: signIn.totp.code(at: now),
      network: "192.0.2.0/24"
    )
    #expect(try await shop.desk.person(token: token)?.id.text == "ona")
  }

  @Test func `an invite written into the database is none`() async throws {
    let shop = try await Shop()
    _ = try await shop.desk.invite(try slug("ona"), by: .commandLine)
    let own = Token()
    let moved = try await shop.raw.change {
      try $0.run("UPDATE invite SET token_hash = \(Hash32(of: Array(own.text.utf8)).bytes)")
    }
    #expect(moved == 1)
    let refused = try await refusal { try await shop.desk.openInvite(own.text) }
    #expect(refused?.code == .inviteSpent)
  }
}
