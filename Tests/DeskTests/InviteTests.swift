import Audit
import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// A one-time link with which somebody gets a password and a second factor.
@Suite(.serialized, .onEachEngine) struct InviteTests {
  @Test func `an invite is made by the owner for those who work here`() async throws {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    let link = try await shop.leaves(.inviteMade) {
      try await shop.desk.invite(tadas, by: try await shop.person("ona"))
    }
    #expect(link?.hasPrefix("http://localhost:8080/staff/spare-hands/invite#") == true)
    try await shop.leaves(.inviteMade, .notAllowed) {
      try await shop.desk.invite(tadas, by: try await shop.person("jonas"))
    }
    try await shop.leaves(.inviteMade, .unknown) {
      try await shop.desk.invite(try slug("nobody"), by: .commandLine)
    }
    #expect(
      try await shop.desk.listPeople(by: try await shop.person("ona")).filter(\.isInvited).map(\.person.id)
        == [tadas]
    )
  }

  @Test func `it opens until it is taken up, and is taken up once`() async throws {
    let shop = try await Shop()
    let code = try fragment(of: try await shop.desk.invite(try slug("tadas"), by: .commandLine))
    let opened = try await shop.leaves(.inviteOpened) { try await shop.desk.openInvite(code) }
    #expect(opened?.email == "tadas@example.test" && opened?.name == "Tadas")
    #expect(try await shop.entries().last?.fields == ["email", "totp_secret"])
    let totp = try #require(opened.flatMap { TOTP(base32: $0.totpSecret) })
    let right = totp.code(at: shop.clock.now())

    try await shop.leaves(.inviteTaken, .invalid) {
      try await shop.desk.takeInvite(code, password: "short", totpCode: right)
    }
    try await shop.leaves(.inviteTaken, .invalid) {
      try await shop.desk.takeInvite(code, password: "tadas@example.test", totpCode: right)
    }
    try await shop.leaves(.inviteTaken, .invalid) {
      try await shop.desk.takeInvite(code, password: "lantern-oak-42-tree", totpCode: "12345")
    }
    try await shop.leaves(.inviteTaken) {
      try await shop.desk.takeInvite(code, password: "lantern-oak-42-tree", totpCode: right)
    }
    try await shop.leaves(.inviteTaken, .inviteSpent) {
      try await shop.desk.takeInvite(code, password: "lantern-oak-43-tree", totpCode: right)
    }
    for wrong in [code, "", "x", String(code.reversed())] {
      try await shop.leaves(.inviteOpened, .inviteSpent) { try await shop.desk.openInvite(wrong) }
    }
    // The code that proved the app is spent with it.
    try await shop.leaves(.sessionStarted, .signInRefused) {
      try await shop.desk.signIn(
        email: "tadas@example.test",
        password: "lantern-oak-42-tree",
        code: right,
        network: ""
      )
    }
  }

  @Test func `of twenty who take it up at once one succeeds (V31)`() async throws {
    let shop = try await Shop()
    let code = try fragment(of: try await shop.desk.invite(try slug("tadas"), by: .commandLine))
    let secret = try await shop.desk.openInvite(code).totpSecret
    let totp = try #require(TOTP(base32: secret))
    let right = totp.code(at: shop.clock.now())
    let before = try await shop.entries().count
    let outcomes = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await refusal {
            try await shop.desk.takeInvite(code, password: "lantern-oak-\(number)-tree", totpCode: right)
          }?.code
        }
      }
      return try await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 1)
    // On a machine that is very busy the last in the line may be told to come back.
    #expect(outcomes.allSatisfy { [nil, .inviteSpent, .away].contains($0) })
    #expect(try await shop.entries().count == before + 20)
  }

  @Test func `it ends after a day, and when a newer one is made`() async throws {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    let first = try fragment(of: try await shop.desk.invite(tadas, by: .commandLine))
    let second = try fragment(of: try await shop.desk.invite(tadas, by: .commandLine))
    try await shop.leaves(.inviteOpened, .inviteSpent) { try await shop.desk.openInvite(first) }
    shop.clock.move(.hours(24) - 1)
    let opened = try await shop.leaves(.inviteOpened) { try await shop.desk.openInvite(second) }
    let totp = try #require(opened.flatMap { TOTP(base32: $0.totpSecret) })
    shop.clock.move(1)
    try await shop.leaves(.inviteOpened, .inviteSpent) { try await shop.desk.openInvite(second) }
    try await shop.leaves(.inviteTaken, .inviteSpent) {
      try await shop.desk.takeInvite(
        second,
        password: "lantern-oak-42-tree",
        totpCode: totp.code(at: shop.clock.now())
      )
    }
    #expect(try await shop.desk.listPeople(by: try await shop.person("ona")).allSatisfy { !$0.isInvited })
  }

  @Test func `taking an invite up ends the sessions there were`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let token = try await shop.desk.signIn(
      email: ona.email,
      password: ona.password,
      code: ona.totp.code(at: shop.clock.now()),
      network: ""
    )
    #expect(try await shop.desk.person(token: token) != nil)
    shop.clock.move(60)
    _ = try await shop.signIn(for: "ona")
    #expect(try await shop.desk.person(token: token) == nil)
  }
}
