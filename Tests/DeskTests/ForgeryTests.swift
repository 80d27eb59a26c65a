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
      let device = DeviceRow(
        id: Identifier(at: now),
        staff: try slug("ona"),
        kind: "",
        network: [1],
        madeAt: now,
        seenAt: now
      )
      let session = SessionRecord(
        id: Identifier(at: now),
        staff: device.staff,
        device: device.id,
        method: .passkey,
        network: device.network,
        startedAt: now,
        seenAt: now,
        provedAt: now
      )
      try await shop.raw.change {
        try $0.add(device, tokenHash: Array(repeating: 7, count: 31) + guess.prefix(1))
        try $0.add(session, tokenHash: guess)
      }
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
    let row = Hash32(of: Array(own.text.utf8)).bytes.prefix(16)
    let moved = try await shop.raw.change { try $0.run("UPDATE invite SET id = \(Array(row))") }
    #expect(moved == 1)
    for guess in [own.text, Base64.encodeURL(Array(row) + Hash32(of: Array(row)).bytes)] {
      let refused = try await refusal { try await shop.desk.openInvite(guess) }
      #expect(refused?.code == .inviteSpent)
    }
  }
}
