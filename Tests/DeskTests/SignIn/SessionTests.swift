import Audit
import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Sessions that lock, go on under a new token, and end at once everywhere.
@Suite(.serialized, .onEachEngine) struct SessionTests {
  @Test(arguments: [("ona", 30), ("tadas", 60)])
  func `a session locks when idle and ends after twelve hours whatever is done (R39)`(
    who: String,
    idle: Int
  ) async throws {
    let shop = try await Shop()
    let person = try await shop.signIn(for: who)
    let first = try await shop.signIn(person)
    shop.clock.move(.minutes(idle) - 1)
    #expect(try await shop.desk.person(token: first.token)?.isLocked == false)
    shop.clock.move(.minutes(idle))
    let locked = try #require(try await shop.desk.person(token: first.token))
    #expect(locked.isLocked)
    try await shop.leaves(.dayOpened, .locked) {
      try await shop.desk.openWeek(of: try day("2026-11-23"), staff: locked.id, by: locked)
    }
    shop.clock.move(.hours(2))
    #expect(try await shop.desk.person(token: first.token)?.isLocked == true, "it waits for its person")

    let opened = try await shop.leaves(.sessionUnlocked) {
      try await shop.desk.prove(
        locked,
        token: first.token,
        person.proof(at: shop.clock.now()),
        from: .at("home", first.deviceToken)
      )
    }
    let second = try #require(opened)
    #expect(!second.person.isLocked && second.person.session == locked.session)
    #expect(second.deviceToken == first.deviceToken)
    #expect(try await shop.desk.person(token: first.token) == nil, "the old token opens nothing")

    shop.clock.set(try opening() + TOTP.period + .hours(12) - 1)
    #expect(try await shop.desk.person(token: second.token) != nil)
    shop.clock.move(1)
    #expect(try await shop.desk.person(token: second.token) == nil)
  }

  @Test func `a lock holds until its own person proves with two factors`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let milda = try await shop.signIn(for: "milda")
    let onasKey = try await shop.passkey(for: "ona")
    let mildasKey = try await shop.passkey(for: "milda")
    let begun = try await shop.signIn(ona)
    try await shop.leaves(.sessionLocked) { try await shop.desk.lock(begun.person) }
    let locked = try #require(try await shop.desk.person(token: begun.token))
    #expect(locked.isLocked)
    let options = try await shop.desk.proofOptions(of: locked)
    #expect(options.known.count == 1)
    let now = shop.clock.now() + 30
    let signInOptions = try await shop.desk.signInOptions()
    let wrong: [Proof] = [
      .insufficient, .password(ona.password, .code("000000")), milda.proof(at: now),
      .password("wrong lantern", .code(ona.totp.code(at: now))), .passkey("{}"),
      .passkey(try mildasKey.signed(options)), .passkey(try onasKey.signed(signInOptions)),
    ]
    for (number, proof) in wrong.enumerated() {
      try await shop.leaves(.sessionUnlocked, .signInRefused) {
        try await shop.desk.prove(locked, token: begun.token, proof, from: .at("network \(number)"))
      }
    }
    #expect(try await shop.desk.person(token: begun.token)?.isLocked == true)
    let proved = try await shop.leaves(.sessionUnlocked) {
      try await shop.desk.prove(
        locked,
        token: begun.token,
        .passkey(try onasKey.signed(options)),
        from: .at("home", begun.deviceToken)
      )
    }
    #expect(proved?.person.isLocked == false)
    // A token that is another session's renews nothing.
    let other = try await shop.signIn(milda)
    try await shop.leaves(.sessionProved, .signInNeeded) {
      try await shop.desk.prove(
        other.person,
        token: try #require(proved).token,
        milda.proof(at: shop.clock.now() + 30),
        from: .at("home", other.deviceToken)
      )
    }
  }

  @Test func `signing out ends one session here at once and elsewhere within half a second`() async throws {
    let shop = try await Shop()
    let other = try await shop.another()
    let ona = try await shop.signIn(for: "ona")
    let (first, second) = (try await shop.signIn(ona), try await shop.signIn(ona))
    #expect(try await other.person(token: first.token) == first.person)
    try await shop.leaves(.sessionEnded) { try await shop.desk.signOut(first.person) }
    #expect(try await shop.desk.person(token: first.token) == nil)
    #expect(try await shop.desk.person(token: second.token) != nil)
    try await Task.sleep(for: .milliseconds(550))
    #expect(try await other.person(token: first.token) == nil)
    #expect(try await shop.desk.person(token: String(second.token.reversed())) == nil)
    #expect(try await shop.desk.person(token: "") == nil)
    #expect(shop.desk.isCSRFTokenValid(shop.desk.csrfToken(for: first.token), for: first.token))
    #expect(!shop.desk.isCSRFTokenValid(shop.desk.csrfToken(for: first.token), for: second.token))
    #expect(try await shop.blobs("SELECT token_hash FROM session").map(\.count) == [32, 32])
  }

  @Test func `of a thousand ended sessions two other servers accept none after a second (R40)`() async throws
  {
    let shop = try await Shop()
    let others = [try await shop.another(), try await shop.another()]
    let (desk, now, ona) = (shop.desk, shop.clock.now(), try slug("ona"))
    var (accepted, acceptedAtOnce, opened) = (0, 0, 0)
    for _ in 0..<4 {
      let tokens = try await desk.store.change { changes in
        try (0..<250).map { number in
          try desk.startSession(of: ona, method: .passkey, in: changes, from: .at("\(number)"), now: now)
            .token
        }
      }
      let person = try #require(try await desk.person(token: tokens[0]))
      for other in others {
        for token in tokens where try await other.person(token: token) != nil { opened += 1 }
      }
      #expect(try await desk.endSessions(of: ona, sparing: nil, by: person) == 250)
      for token in tokens where try await desk.person(token: token) != nil { acceptedAtOnce += 1 }
      try await Task.sleep(for: .seconds(1))
      for other in others {
        for token in tokens where try await other.person(token: token) != nil { accepted += 1 }
      }
    }
    #expect(opened == 2_000 && accepted == 0 && acceptedAtOnce == 0)
  }

  @Test func `one's own sessions end one by one, all, or all others; somebody else's by an owner (R40)`()
    async throws
  {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    let own = [try await shop.signIn(tadas), try await shop.signIn(tadas), try await shop.signIn(tadas)]
    let (desk, id) = (shop.desk, try slug("tadas"))
    func open() async throws -> [Bool] {
      var open: [Bool] = []
      for session in own { open.append(try await desk.person(token: session.token) != nil) }
      return open
    }
    let seen = try await shop.leaves(.accessOpened) { try await desk.openAccess(of: id, by: own[0].person) }
    #expect(seen?.sessions.count == 3 && seen?.devices.count == 3)
    #expect(seen?.sessions.filter(\.isCurrent).map(\.id) == [own[0].person.session])
    #expect(seen?.sessions.allSatisfy { $0.kind == "Firefox on Linux" } == true)
    try await shop.leaves(.sessionEnded) {
      try await desk.endSession(own[1].person.session, of: id, by: own[0].person)
    }
    #expect(try await open() == [true, false, true])
    for person in [try await shop.person("jonas"), try await shop.person("milda")] {
      try await shop.leaves(.sessionEnded, .notAllowed) {
        try await desk.endSession(own[0].person.session, of: id, by: person)
      }
      try await shop.leaves(.sessionsEnded, .notAllowed) {
        try await desk.endSessions(of: id, sparing: nil, by: person)
      }
      try await shop.leaves(.accessOpened, .notAllowed) { try await desk.openAccess(of: id, by: person) }
    }
    // The owner's session is not ended under another's name, nor the other way round.
    let ona = try await shop.person("ona")
    try await shop.leaves(.sessionEnded, .unknown) {
      try await desk.endSession(ona.session, of: id, by: own[0].person)
    }
    try await shop.leaves(.deviceForgotten, .unknown) {
      try await desk.forgetDevice(ona.device, of: id, by: own[0].person)
    }
    try await shop.leaves(.sessionsEnded) {
      try await desk.endSessions(of: id, sparing: own[0].person.session, by: own[0].person)
    }
    #expect(try await open() == [true, false, false])
    try await shop.leaves(.sessionsEnded) { try await desk.endSessions(of: id, sparing: nil, by: ona) }
    #expect(try await open() == [false, false, false])
    #expect(
      try await shop.texts("SELECT detail FROM notice WHERE staff = 'tadas'").contains("sessions-ended")
    )
  }
}
