import Audit
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// Passkeys: made in a session, used once for each question, never somebody else's.
@Suite(.serialized, .onEachEngine) struct PasskeyActsTests {
  @Test func `a passkey is added in a session and signs in, twice`() async throws {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "ona")
    for _ in 0..<2 {
      let signedIn = try await shop.leaves(.sessionStarted) { try await shop.signIn(by: key) }
      #expect(signedIn?.person.id.text == "ona")
    }
    #expect(
      try await shop.texts("SELECT DISTINCT method FROM session WHERE method <> 'password'") == ["passkey"]
    )
    #expect(try await shop.count("sign_in_failure") == 0)
    let synced = try await shop.passkey(for: "milda", isSynced: true)
    for _ in 0..<2 { _ = try await shop.signIn(by: synced) }
    let access = try await shop.desk.openAccess(of: try slug("milda"), by: try await shop.person("milda"))
    #expect(access.passkeys.map(\.isSynced) == [true] && access.passkeys.first?.usedAt != nil)
  }

  @Test func `asking for a challenge stores nothing, and its answer is taken once`() async throws {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "ona", isSynced: true)
    let before = try await shop.picture()
    let options = try await shop.leavesNothing { try await shop.desk.signInOptions() }
    #expect(try await shop.picture() == before)
    #expect(options.rpID == "localhost" && options.userID.isEmpty && options.known.isEmpty)
    let answer = try key.signed(options)
    let outcomes = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await refusal {
            try await shop.desk.signIn(email: "", .passkey(answer), from: .at("network \(number)"))
          }?.code
        }
      }
      return try await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 1)
    #expect(outcomes.filter { $0 == .signInRefused }.count == 19)
  }

  @Test func `an answer is for one question: this site, this purpose, this session, five minutes`()
    async throws
  {
    let shop = try await Shop()
    let other = try await Shop()
    let key = try await shop.passkey(for: "ona")
    func refused(_ answer: String) async throws -> Bool {
      try await refusal { try await shop.desk.signIn(email: "", .passkey(answer), from: .at(answer)) }?.code
        == .signInRefused
    }
    let (ona, milda) = (try await shop.person("ona"), try await shop.person("milda"))
    #expect(
      try await refused(try key.signed(try await other.desk.signInOptions())),
      "another business's challenge"
    )
    #expect(try await refused(try key.signed(try await shop.desk.proofOptions(of: ona))))
    #expect(try await refused(try key.signed(try await shop.desk.newPasskeyOptions(for: ona))))
    let options = try await shop.desk.signInOptions()
    #expect(try await refused(try key.signed(options, flags: 0x01)), "nobody was verified")
    #expect(try await refused(try key.signed(options, flags: 0x04)), "nobody was there")
    #expect(try await refused(try key.signed(options, userHandle: randomBytes(32))), "another's handle")
    #expect(try await refused(try key.signed(options, userHandle: [])), "no handle")
    #expect(try await refused(key.made(options)), "a registration is no sign-in")
    shop.clock.move(.minutes(5) - 1)
    let late = try key.signed(options)
    shop.clock.move(1)
    #expect(try await refused(late))
    shop.clock.move(-1)
    _ = try await shop.desk.signIn(email: "", .passkey(late), from: .at("in time"))

    // Another session's challenge proves nothing in this one.
    let question = try await shop.desk.proofOptions(of: milda)
    let proof = Proof.passkey(try key.signed(question))
    let begun = try await shop.signIn(by: key)
    try await shop.leaves(.sessionProved, .signInRefused) {
      try await shop.desk.prove(begun.person, token: begun.token, proof, from: .at("proving"))
    }
  }

  @Test func `adding one takes the session's own question, once, and a credential that nobody has`()
    async throws
  {
    let shop = try await Shop()
    let taken = try await shop.passkey(for: "milda")
    let (ona, milda) = (try await shop.person("ona"), try await shop.person("milda"))
    let mildas = try await shop.desk.newPasskeyOptions(for: milda)
    let onas = try await shop.desk.newPasskeyOptions(for: ona)
    #expect(mildas.known == [Base64.encodeURL(taken.credential)] && onas.known.isEmpty)
    #expect(onas.userID != mildas.userID && onas.userName == "ona@example.test" && onas.displayName == "Ona")
    let key = try SoftKey()
    let elsewhere = try SoftKey(origin: "https://elsewhere.example")
    for json in [
      key.made(mildas), key.made(try await shop.desk.signInOptions()), taken.made(onas), elsewhere.made(onas),
      "{}",
      try key.signed(onas),
    ] {
      try await shop.leaves(.passkeyAdded, .invalid) {
        try await shop.desk.addPasskey(json, label: "mine", by: ona)
      }
    }
    #expect(try await shop.count("passkey") == 1)
    // The question is unspent, since nothing was added by it.
    let json = key.made(onas)
    try await shop.leaves(.passkeyAdded) { try await shop.desk.addPasskey(json, label: "my phone", by: ona) }
    try await shop.leaves(.passkeyAdded, .invalid) {
      try await shop.desk.addPasskey(try SoftKey().made(onas), label: "", by: ona)
    }
    try await shop.leaves(.passkeyAdded, .invalid) {
      try await shop.desk.addPasskey(json, label: String(repeating: "x", count: 61), by: ona)
    }
    let access = try await shop.desk.openAccess(of: ona.id, by: ona)
    #expect(access.passkeys.map(\.label) == ["my phone"])
  }

  @Test func `adding or removing one ends every other session (V3), and the last way in stays`() async throws
  {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let elsewhere = try await shop.signIn(ona)
    let person = try await shop.person("ona")
    let key = try await shop.passkey(for: "ona")
    #expect(try await shop.desk.person(token: elsewhere.token) == nil)
    let id = try #require(try await shop.desk.openAccess(of: person.id, by: person).passkeys.first).id
    let byKey = try await shop.signIn(by: key)
    try await shop.leaves(.passkeyRemoved, .unknown) {
      try await shop.desk.removePasskey(id, by: try await shop.person("milda"))
    }
    try await shop.leaves(.passkeyRemoved) { try await shop.desk.removePasskey(id, by: person) }
    #expect(try await shop.desk.person(token: byKey.token) == nil)
    try await shop.leaves(.sessionStarted, .signInRefused) { try await shop.signIn(by: key) }
    #expect(
      Set(try await shop.texts("SELECT detail FROM notice WHERE staff = 'ona'"))
        .isSuperset(of: ["passkey-added", "passkey-removed"])
    )

    // Tadas has nothing but passkeys: the last one stays.
    let tadas = try await shop.person("tadas")
    _ = try await shop.passkey(for: "tadas")
    _ = try await shop.passkey(for: "tadas")
    let own = try await shop.desk.openAccess(of: tadas.id, by: tadas).passkeys.map(\.id)
    try await shop.leaves(.passkeyRemoved) { try await shop.desk.removePasskey(own[0], by: tadas) }
    try await shop.leaves(.passkeyRemoved, .lastFactor) {
      try await shop.desk.removePasskey(own[1], by: tadas)
    }
  }

  @Test func `a copied passkey is refused, and the person and the owners are told once`() async throws {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "tadas")
    for _ in 0..<3 { _ = try await shop.signIn(by: key) }
    for _ in 0..<3 {
      key.setCount(1)
      try await shop.leaves(.sessionStarted, .signInRefused) { try await shop.signIn(by: key) }
    }
    let told = try await shop.texts(
      "SELECT staff || ' ' || kind FROM notice WHERE detail = 'cloned-passkey' ORDER BY staff"
    )
    #expect(told == ["ona others-access-changed", "tadas access-changed"])
    let about = try await shop.blobs("SELECT about FROM notice WHERE detail = 'cloned-passkey'")
    #expect(Set(about) == Set(try await shop.blobs("SELECT id FROM passkey")))
    key.setCount(3)
    _ = try await shop.signIn(by: key)
  }

  @Test func `a row that was moved to another person or credential signs nobody in (V17)`() async throws {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "tadas")
    try await shop.tamper("UPDATE passkey SET staff = 'ona'")
    try await shop.leaves(.sessionStarted, .signInRefused) { try await shop.signIn(by: key) }
    try await shop.tamper("UPDATE passkey SET staff = 'tadas'")
    _ = try await shop.signIn(by: key)
    // Another key under the credential of one that is trusted.
    let other = try await shop.passkey(for: "milda")
    let onas = try await shop.passkey(for: "ona")
    let row = try #require(try await shop.raw.read { try $0.passkey(credential: other.credential) })
    let moved = try await shop.raw.change { changes in
      try changes.run("DELETE FROM passkey WHERE credential = \(other.credential)")
      return try changes.run(
        "UPDATE passkey SET public_key = \(row.publicKey.bytes) WHERE credential = \(onas.credential)"
      )
    }
    #expect(moved == 1)
    await #expect(throws: VaultFault.self) { try await shop.signIn(by: onas) }
  }
}
