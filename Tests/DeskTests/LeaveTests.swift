import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Somebody leaves: everything that opened something for them is ended in one act, tried again, and refused.
@Suite(.serialized, .onEachEngine) struct LeaveTests {
  @Test func `all that Tadas had is ended at once, and each is refused when it is tried again`() async throws
  {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    let ona = try await shop.person("ona")
    let credentials = try await shop.signIn(for: "tadas")
    let session = try await shop.desk.signIn(
      email: credentials.email,
      credentials.proof(at: shop.clock.now()),
      from: .at()
    )
    let invite = try fragment(of: try await shop.desk.invite(tadas, by: .commandLine))
    try await shop.book(at: try at(1, "10:00"), with: "tadas")

    let left = try await shop.leaves(.personLeft) { try await shop.desk.leave(tadas, by: ona) }
    let proofs = try #require(left).proofs
    #expect(!proofs.contains { !$0.isRefused })
    let counts = Dictionary(uniqueKeysWithValues: proofs.map { ($0.thing, $0.count) })
    #expect(counts[.invite] == 1 && counts[.password] == 1 && counts[.codeApp] == 1)
    #expect((counts[.session] ?? 0) >= 1 && (counts[.device] ?? 0) >= 1)
    #expect(left?.coming.map(\.firstName) == ["Rasa"])

    #expect(try await shop.desk.person(token: session.token) == nil)
    let other = try await shop.another()
    #expect(try await other.person(token: session.token) == nil)
    shop.clock.move(60)
    let refused = try await refusal {
      try await shop.desk.signIn(
        email: credentials.email,
        credentials.proof(at: shop.clock.now()),
        from: .at("192.0.2.0/24", session.deviceToken)
      )
    }
    #expect(refused?.code == .signInRefused)
    try await shop.leaves(.inviteOpened, .inviteSpent) { try await shop.desk.openInvite(invite) }
  }

  @Test func `nothing new can be booked with them, and a file that still names them changes that not`()
    async throws
  {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    #expect(try await !shop.starts("repair", "2026-11-25", with: "tadas").isEmpty)
    _ = try await shop.desk.leave(tadas, by: try await shop.person("ona"))
    let after = try? await shop.starts("repair", "2026-11-25", with: "tadas")
    #expect(after?.isEmpty != false)

    let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    for _ in 0..<2 {
      let applied = try await shop.desk.apply(try SpareHands.business(), emails: emails, by: .commandLine)
      #expect(!applied.changed && Array(applied.left.keys) == [tadas])
    }
    let people = try await shop.desk.listPeople(by: try await shop.person("ona"))
    #expect(people.first { $0.person.id == tadas }?.leftAt != nil)
    #expect(people.first { $0.person.id == tadas }?.canSignIn == false)
  }

  @Test func `inviting them again lets them back, and the file brings their hours back`() async throws {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    let ona = try await shop.person("ona")
    _ = try await shop.desk.leave(tadas, by: ona)
    _ = try await shop.signIn(for: "tadas")
    let people = try await shop.desk.listPeople(by: ona)
    #expect(people.first { $0.person.id == tadas }?.canSignIn == true)
    let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    let applied = try await shop.desk.apply(try SpareHands.business(), emails: emails, by: .commandLine)
    #expect(applied.changed && applied.left.isEmpty)
    #expect(try await !shop.starts("repair", "2026-11-25", with: "tadas").isEmpty)
  }

  @Test func `the last owner who can sign in does not leave`() async throws {
    let shop = try await Shop()
    _ = try await shop.signIn(for: "ona")
    let ona = try await shop.person("ona")
    try await shop.leaves(.personLeft, .notAllowed) { try await shop.desk.leave(ona.id, by: ona) }
    try await shop.leaves(.personLeft, .unknown) { try await shop.desk.leave(try slug("nobody"), by: ona) }
  }

  @Test func `only an owner with a fresh proof ends others' access`() async throws {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    for id in ["jonas", "milda"] {
      try await shop.leaves(.personLeft, .notAllowed) {
        try await shop.desk.leave(tadas, by: try await shop.person(id))
      }
    }
    let ona = try await shop.person("ona")
    shop.clock.move(StepUp.seconds + 1)
    try await shop.leaves(.personLeft, .stepUpRequired) { try await shop.desk.leave(tadas, by: ona) }
  }
}
