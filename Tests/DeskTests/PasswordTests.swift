import Audit
import Booking
import Foundation
import People
import Primitives
import Storage
import Testing
import Vault

@testable import Desk

/// Passwords that are chosen, changed, refused and outlived.
@Suite(.serialized, .onEachEngine) struct PasswordTests {
  private func account(_ id: String, in shop: Shop) async throws -> StaffAccount {
    let id = try slug(id)
    return try #require(try await shop.raw.read { try $0.staffAccount(id) })
  }

  private func change(_ shop: Shop, from current: String, to new: String, _ id: String = "ona") async throws
    -> Refusal?
  {
    try await refusal {
      try await shop.desk.changePassword(current: current, new: new, by: try await shop.person(id))
    }
  }

  private func problem(_ field: String, _ reason: FieldReason) -> [FieldProblem] {
    [FieldProblem(path: field, reason: reason)]
  }

  @Test func `one changes one's own password with the one there is, and is told`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    shop.clock.move(60)
    try await shop.leaves(.passwordChanged) {
      try await shop.desk.changePassword(
        current: ona.password,
        new: "orchid-tram-93-vellum",
        by: try await shop.person("ona")
      )
    }
    #expect(try await shop.entries().last?.fields == ["password"])
    let account = try await account("ona", in: shop)
    #expect(account.passwordSetAt == shop.clock.now())
    #expect(try await shop.desk.isUsedPassword("orchid-tram-93-vellum", of: account))
    #expect(
      try await shop.texts(
        "SELECT kind || ' ' || detail || ' ' || staff FROM notice WHERE detail = 'password-changed'"
      ) == ["access-changed password-changed ona"]
    )
  }

  @Test func `what is wrong is said beside its field, and the old one stays`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    #expect(
      try await change(shop, from: "not-the-lantern-42", to: "orchid-tram-93-vellum")?.fields
        == problem("current", .mismatch)
    )
    shop.clock.move(60)
    #expect(
      try await change(shop, from: ona.password, to: "orchid-tram")?.fields == problem("password", .tooShort)
    )
    shop.clock.move(60)
    #expect(
      try await change(shop, from: ona.password, to: "Password123456!")?.fields
        == problem("password", .commonPassword)
    )
    shop.clock.move(60)
    #expect(
      try await change(shop, from: ona.password, to: "ona@example.test")?.fields
        == problem("password", .commonPassword)
    )
    shop.clock.move(60)
    #expect(
      try await change(shop, from: ona.password, to: ona.password)?.fields
        == problem("password", .usedPassword)
    )
    shop.clock.move(60)
    let both = try await change(shop, from: "", to: "")
    #expect(both?.fields == problem("current", .missing) + problem("password", .missing))
    #expect(try await shop.entries().last?.outcome == RefusalCode.invalid.rawValue)
    #expect(try await shop.desk.isUsedPassword(ona.password, of: try await account("ona", in: shop)))
  }

  @Test func `tries at the current password are slowed down, and locked out nobody is`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let person = try await shop.person("ona")
    var refusals: [RefusalCode?] = []
    for _ in 0..<6 {
      refusals.append(
        try await refusal {
          try await shop.desk.changePassword(
            current: "wrong-lantern-42",
            new: "orchid-tram-93-vellum",
            by: person
          )
        }?.code
      )
    }
    #expect(refusals.first == .invalid && refusals.last == .tooMany)
    shop.clock.move(240)
    try await shop.desk.changePassword(current: ona.password, new: "orchid-tram-93-vellum", by: person)
  }

  @Test func `all other sessions end with a change (V3)`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    let person = try await shop.person("ona")
    let now = shop.clock.now()
    for network in ["198.51.100.0/24", "203.0.113.0/24"] {
      try await shop.desk.store.change {
        _ = try shop.desk.startSession(of: person.id, method: .password, in: $0, from: .at(network), now: now)
      }
    }
    try await shop.desk.changePassword(current: ona.password, new: "orchid-tram-93-vellum", by: person)
    #expect(try await shop.entries().last?.count == 2)
    #expect(try await shop.blobs("SELECT id FROM session WHERE ended_at IS NULL") == [person.session.bytes])
  }

  @Test func `the last ten are refused, the eleventh is not, and none is kept in clear`() async throws {
    let shop = try await Shop()
    let staff = try slug("tadas")
    let words = (0...11).map { "lantern-oak-number-\($0)" }
    for word in words {
      let hash = try await shop.desk.hasher.hash(word)
      let now = shop.clock.now()
      // All in one second: each is kept nevertheless.
      try await shop.desk.store.change { try shop.desk.setPassword(hash, of: staff, in: $0, at: now) }
    }
    let tadas = try await account("tadas", in: shop)
    #expect(try await shop.count("old_password") == 10)
    #expect(try await !shop.desk.isUsedPassword(words[0], of: tadas))
    for word in [words[1], words[10], words[11]] {
      #expect(try await shop.desk.isUsedPassword(word, of: tadas))
    }
    let refused = try await change(shop, from: words[11], to: words[4], "tadas")
    #expect(refused?.fields == problem("password", .usedPassword))
    let stored = try await shop.blobs("SELECT password FROM old_password")
    #expect(stored.allSatisfy { String(decoding: $0, as: UTF8.self).contains("argon2") == false })
  }

  @Test func `an old password is forgotten after 24 months, and with its person`() async throws {
    let shop = try await Shop()
    for staff in [try slug("ona"), try slug("tadas")] {
      for hash in ["one", "two", "three"] {
        let now = shop.clock.now()
        try await shop.desk.store.change { try shop.desk.setPassword(hash, of: staff, in: $0, at: now) }
        shop.clock.move(.days(1))
      }
    }
    #expect(try await shop.count("old_password") == 4)
    // The first was set six days ago.
    shop.clock.move(.days(724))
    #expect(try await shop.desk.forgetOldPasswords() == 0)
    shop.clock.move(1)
    #expect(try await shop.desk.forgetOldPasswords() == 1)
    let now = shop.clock.now()
    try await shop.desk.store.change { try $0.removeAccess(of: try slug("tadas"), at: now) }
    #expect(try await shop.texts("SELECT staff FROM old_password") == ["ona"])
  }

  @Test func `a password that turns up on the list must be changed, and the change settles it`() async throws
  {
    let shop = try await Shop()
    let fitting = "orchid-tram-93-vellum"
    let hash = try await shop.desk.hasher.hash(fitting)
    let ona = try slug("ona")
    let now = shop.clock.now()
    try await shop.desk.store.change { try shop.desk.setPassword(hash, of: ona, in: $0, at: now) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("breached-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((BreachDigest.sha1(of: fitting) + ":17\n").utf8).write(to: file)

    #expect(try await shop.desk.passwordStanding(fitting, try await account("ona", in: shop)) == nil)
    #expect(
      try await shop.desk.passwordStanding("congratulations", try await account("ona", in: shop)) == .breached
    )
    let lists = try PasswordLists(breached: BreachedPasswords(at: file.path))
    let listed = try await shop.another(passwords: lists)
    #expect(try await listed.passwordStanding(fitting, try await account("ona", in: shop)) == .breached)
    #expect(try await listed.passwordProblem(fitting, ownWords: []) == .breachedPassword)

    try await shop.desk.store.change { try $0.askForPassword(of: ona, because: .breached) }
    #expect(try await account("ona", in: shop).passwordDue == .breached)
    try await shop.desk.changePassword(
      current: fitting,
      new: "vellum-tram-94-orchid",
      by: try await shop.person("ona")
    )
    #expect(try await account("ona", in: shop).passwordDue == nil)

    // A list that is gone keeps nobody out, and lets nothing be set unchecked.
    try FileManager.default.removeItem(at: file)
    #expect(try await listed.passwordStanding(fitting, try await account("ona", in: shop)) == nil)
    await #expect(throws: StorageFault.self) { _ = try await listed.passwordProblem(fitting, ownWords: []) }
  }

  @Test func `after 400 days a password is still good, unless the business has a calendar`() async throws {
    let shop = try await Shop()
    let ona = try await shop.signIn(for: "ona")
    shop.clock.move(.days(400))
    #expect(try await shop.desk.passwordStanding(ona.password, try await account("ona", in: shop)) == nil)
    var business = try await shop.desk.timetable().business
    business.changePasswordsEvery = 180
    _ = try await shop.desk.apply(
      business,
      emails: try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) }),
      by: .commandLine
    )
    #expect(
      try await shop.desk.passwordStanding(ona.password, try await account("ona", in: shop)) == .calendar
    )
    try await shop.desk.changePassword(
      current: ona.password,
      new: "orchid-tram-93-vellum",
      by: try await shop.person("ona")
    )
    shop.clock.move(.days(180) - 1)
    #expect(
      try await shop.desk.passwordStanding("orchid-tram-93-vellum", try await account("ona", in: shop)) == nil
    )
    shop.clock.move(1)
    #expect(
      try await shop.desk.passwordStanding("orchid-tram-93-vellum", try await account("ona", in: shop))
        == .calendar
    )
  }

  @Test func `an owner asks somebody for a new password, nobody else does, and the first reason stays`()
    async throws
  {
    let shop = try await Shop()
    _ = try await shop.signIn(for: "tadas")
    let tadas = try slug("tadas")
    try await shop.leaves(.passwordAsked, .notAllowed) {
      try await shop.desk.askForPassword(of: tadas, by: try await shop.person("jonas"))
    }
    #expect(try await account("tadas", in: shop).passwordDue == nil)
    try await shop.leaves(.passwordAsked) {
      try await shop.desk.askForPassword(of: tadas, by: try await shop.person("ona"))
    }
    try await shop.desk.store.change { try $0.askForPassword(of: tadas, because: .calendar) }
    #expect(try await account("tadas", in: shop).passwordDue == .asked)
    #expect(try await shop.desk.ownPassword(of: try await shop.person("tadas")).due == .asked)
    // Nothing is asked of somebody without a password.
    try await shop.desk.askForPassword(of: try slug("jonas"), by: try await shop.person("ona"))
    #expect(try await account("jonas", in: shop).passwordDue == nil)
  }

  @Test func `somebody with passkeys only sets a first password, and with an app it opens the door`()
    async throws
  {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "tadas")
    let tadas = try await shop.signIn(by: key, from: .at("home")).person
    let before = try await shop.desk.ownPassword(of: tadas)
    #expect(!before.isSet && !before.hasCodeApp && before.email == "tadas@example.test")
    for (bad, reason) in [("short", FieldReason.tooShort), ("password1234", .commonPassword)] {
      let refused = try await refusal { try await shop.desk.changePassword(current: "", new: bad, by: tadas) }
      #expect(refused?.fields == problem("password", reason))
    }
    // What is typed as the current one does not matter: there is none.
    try await shop.leaves(.passwordChanged) {
      try await shop.desk.changePassword(current: "anything", new: "orchid-tram-93-vellum", by: tadas)
    }
    let mismatch = try await refusal {
      try await shop.desk.changePassword(current: "", new: "copper-lily-48-saddle", by: tadas)
    }
    #expect(mismatch?.fields == problem("current", .missing))
    let app = try #require(TOTP(base32: try await shop.desk.newCodeApp(for: tadas).secret))
    try await shop.desk.setCodeApp(code: app.code(at: shop.clock.now()), by: tadas)
    shop.clock.move(60)
    let proof = Proof.password("orchid-tram-93-vellum", .code(app.code(at: shop.clock.now())))
    #expect(
      try await shop.desk.signIn(email: "tadas@example.test", proof, from: .at("home")).person.id == tadas.id
    )
  }
}
