import Audit
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// Unusual sign-ins, logins that are shared, and "this was not me".
@Suite(.serialized, .onEachEngine) struct UnusualTests {
  @Test
  func
    `a new device and network are told to the person and the other owners, the first sign-in to nobody (R38)`()
    async throws
  {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    let first = try await shop.signIn(tadas)
    #expect(try await shop.signIns() == [])
    let usual = try await shop.signIn(tadas, from: .at("home", first.deviceToken))
    #expect(try await shop.signIns() == [])
    let odd = try await shop.signIn(tadas, from: .at("away"))
    #expect(try await shop.signIns() == ["ona others-sign-in", "tadas new-sign-in"])
    #expect(try await shop.unusual(odd.person.session) == ["new-device new-network"])
    #expect(try await shop.unusual(usual.person.session) == [""])
    let about = try await shop.blobs("SELECT about FROM notice WHERE kind = 'new-sign-in'")
    #expect(about == [odd.person.session.bytes])
    let window = try await shop.raw.read {
      try $0.first("SELECT expires_at - due_at FROM notice WHERE kind = 'new-sign-in'") { $0.int(0) }
    }
    #expect(window == .days(7))
    // An owner's own is told to them alone.
    let ona = try await shop.signIn(for: "ona")
    _ = try await shop.signIn(ona)
    _ = try await shop.signIn(ona, from: .at("away"))
    #expect(try await shop.signIns() == ["ona new-sign-in", "ona others-sign-in", "tadas new-sign-in"])
  }

  @Test func `odd hours, long silence and failures before are told as well`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.signIn(for: "tadas")
    var token: String?
    for number in 0..<11 {
      shop.clock.set(try opening() + .days(number))
      let begun = try await shop.signIn(tadas, from: .at("home", token))
      #expect(try await shop.unusual(begun.person.session) == [""])
      token = begun.deviceToken
    }
    shop.clock.set(try opening() + .days(11) - .hours(6))
    let night = try await shop.signIn(tadas, from: .at("home", token))
    #expect(try await shop.unusual(night.person.session) == ["odd-hour"])
    shop.clock.set(try opening() + .days(45))
    let silent = try await shop.signIn(tadas, from: .at("home", token))
    #expect(try await shop.unusual(silent.person.session) == ["long-silence"])
    for number in 0..<3 {
      _ = try await refusal {
        try await shop.desk.signIn(email: tadas.email, .insufficient, from: .at("network \(number)"))
      }
    }
    let after = try await shop.signIn(tadas, from: .at("home", token))
    #expect(try await shop.unusual(after.person.session) == ["after-failures"])

    // Ninety days are kept, and of each person the newest session however old.
    shop.clock.move(.days(91))
    _ = try await shop.signIn(try await shop.signIn(for: "milda"))
    #expect(try await shop.texts("SELECT staff FROM session ORDER BY started_at") == ["tadas", "milda"])
    // After so long the sign-in sleeps until an owner wakes it.
    try await shop.desk.answerReview(.wake, of: try slug("tadas"), by: try await shop.person("ona"))
    let late = try await shop.signIn(tadas, from: .at("home", token))
    #expect(try await shop.unusual(late.person.session) == ["new-network long-silence"])
  }

  @Test func `an owner whom no other owner can help is sent to whoever runs the server`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let session = try await shop.signIn(ona).person.session
    let alone = try await shop.desk.disown(shop.desk.ring.linkCode(.disown, row: session))
    #expect(alone.staff == (try slug("ona")) && alone.needsServer && !alone.isTold)
    #expect(
      try await shop.texts("SELECT staff || ' ' || kind FROM notice WHERE detail = 'disowned-alone'")
        == ["ona access-changed"]
    )
    let again = try await shop.signIn(for: "ona")
    let tadas = try await shop.signIn(try await shop.signIn(for: "tadas")).person.session
    let helped = try await shop.desk.disown(shop.desk.ring.linkCode(.disown, row: tadas))
    #expect(helped.staff == (try slug("tadas")) && !helped.needsServer)
    #expect(try await shop.signIn(again).person.id == (try slug("ona")))
  }

  @Test func `of twenty who say that it was not them at once one ends everything`() async throws {
    let shop = try await Shop()
    let other = try await shop.another()
    _ = try await shop.signIn(for: "ona")
    let tadas = try await shop.signIn(for: "tadas")
    let key = try await shop.passkey(for: "tadas")
    let codes = try await shop.desk.makeRecoveryCodes(by: try await shop.person("tadas"))
    let first = try await shop.signIn(tadas)
    let second = try await shop.signIn(tadas)
    let invite = try await shop.desk.invite(try slug("tadas"), by: .commandLine)
    let code = shop.desk.ring.linkCode(.disown, row: second.person.session)
    let shown = try await shop.leaves(.accessOpened) { try await shop.desk.disownOptions(code) }
    #expect(shown?.kind == "Firefox on Linux" && shown?.unusual == [.newDevice])
    let wrong = [
      "", "x", shop.desk.ring.linkCode(.invite, row: second.person.session),
      shop.desk.ring.linkCode(.disown, row: Identifier(at: shop.clock.now())),
    ]
    for code in wrong {
      try await shop.leaves(.accessOpened, .linkSpent) { try await shop.desk.disownOptions(code) }
      try await shop.leaves(.signInDisowned, .linkSpent) { try await shop.desk.disown(code) }
    }
    #expect(try await shop.desk.person(token: first.token) != nil)

    let before = try await shop.entries().count
    let outcomes = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await refusal { try await (number % 2 == 0 ? shop.desk : other).disown(code) }?.code
        }
      }
      return try await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 1)
    #expect(outcomes.filter { $0 == .linkSpent }.count == 19)
    #expect(try await shop.entries().count == before + 20)

    // Whichever server did it, the other one notices within half a second.
    try await Task.sleep(for: .milliseconds(550))
    for token in [first.token, second.token] { #expect(try await shop.desk.person(token: token) == nil) }
    let proofs: [Proof] = [
      tadas.proof(at: shop.clock.now() + 30), .password(tadas.password, .recoveryCode(codes[0])),
      .passkey(try key.signed(try await shop.desk.signInOptions())),
    ]
    for proof in proofs {
      try await shop.leaves(.sessionStarted, .signInRefused) {
        try await shop.desk.signIn(email: tadas.email, proof, from: .at("home", first.deviceToken))
      }
    }
    try await shop.leaves(.inviteOpened, .inviteSpent) {
      try await shop.desk.openInvite(try fragment(of: invite))
    }
    #expect(
      try await shop.texts("SELECT staff || ' ' || kind FROM notice WHERE detail = 'disowned' ORDER BY staff")
        == ["ona others-access-changed", "tadas access-changed"]
    )
    // The account stays, and a new invite opens it.
    let again = try await shop.signIn(for: "tadas")
    _ = try await shop.signIn(again)
  }

  @Test func `the link of a sign-in works for seven days`() async throws {
    let shop = try await Shop()
    let begun = try await shop.signIn(try await shop.signIn(for: "tadas"))
    let code = shop.desk.ring.linkCode(.disown, row: begun.person.session)
    let started = shop.clock.now()
    shop.clock.set(started + .days(7))
    try await shop.leaves(.signInDisowned, .linkSpent) { try await shop.desk.disown(code) }
    shop.clock.set(started + .days(7) - 1)
    try await shop.leaves(.signInDisowned) { try await shop.desk.disown(code) }
  }
}

extension Shop {
  /// Who was told of sign-ins.
  fileprivate func signIns() async throws -> [String] {
    try await texts(
      "SELECT staff || ' ' || kind FROM notice WHERE kind IN ('new-sign-in', 'others-sign-in') ORDER BY 1"
    )
  }

  fileprivate func unusual(_ session: Identifier) async throws -> [String] {
    try await raw.read { records in
      try records.all("SELECT unusual FROM session WHERE id = \(session)") { $0.text(0) }
    }
  }
}
