import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// A thousand links that have ended, tried on three servers that share one store: none opens anything (R16, R42).
@Suite(.serialized, .onEachEngine) struct EndedLinkTests {
  private static let count = 1_000

  /// How many of these codes are refused with this word and how many are not, tried side by side on every server.
  private func tried(
    _ codes: [String],
    on servers: [Desk],
    _ word: RefusalCode,
    _ open: @escaping @Sendable (Desk, String) async throws -> Void
  ) async throws -> (refused: Int, other: Int) {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for server in servers {
        for code in codes {
          group.addTask { try await refusal { try await open(server, code) }?.code == word }
        }
      }
      return try await group.reduce(into: (0, 0)) { sum, isRefused in
        if isRefused { sum.0 += 1 } else { sum.1 += 1 }
      }
    }
  }

  @Test func `of a thousand ended invites three servers open none`() async throws {
    let shop = try await Shop()
    let servers = [shop.desk, try await shop.another(), try await shop.another()]
    let (desk, now, tadas) = (shop.desk, shop.clock.now(), try slug("tadas"))
    let codes = try await desk.store.change { changes -> [String] in
      guard let index = try changes.addressIndex(of: tadas) else { return [] }
      return try (0..<Self.count).map { _ in
        let invite = try desk.newInvite(for: tadas, at: index, now)
        try changes.add(invite)
        return desk.ring.linkCode(.invite, row: invite.id)
      }
    }
    // Each ended the one before; the last is open on every server.
    for server in servers { _ = try await server.openInvite(try #require(codes.last)) }
    try await desk.store.change { try $0.endInvites(of: tadas, at: now) }
    let found = try await tried(codes, on: servers, .inviteSpent) { _ = try await $0.openInvite($1) }
    #expect(found == (3 * Self.count, 0))
  }

  @Test func `of a thousand used customer links three servers open none`() async throws {
    let shop = try await Shop()
    let servers = [shop.desk, try await shop.another(), try await shop.another()]
    let (desk, now) = (shop.desk, shop.clock.now())
    try await shop.book(at: try at(2, "10:00"))
    let subject = try #require(
      try await shop.blobs("SELECT subject FROM contact").first.flatMap(Identifier.init(bytes:))
    )
    let codes = try await desk.store.change { changes -> [String] in
      try (0..<Self.count).map { _ in
        let link = CustomerLinkRow(
          id: Identifier(at: now),
          subject: subject,
          madeAt: now,
          expiresAt: now + .minutes(30)
        )
        try changes.add(link)
        _ = try changes.spendCustomerLink(link.id, at: now)
        return desk.ring.linkCode(.customer, row: link.id)
      }
    }
    let found = try await tried(codes, on: servers, .linkSpent) { _ = try await $0.takeCustomerLink($1) }
    #expect(found == (3 * Self.count, 0))
    #expect(try await shop.count("customer_session") == 0)
  }
}
