import Audit
import Booking
import People
import Primitives
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

/// Somebody who has signed in before and cannot any more: an owner starts it, a day or a second owner opens it (R48).
@Suite(.serialized, .onEachEngine) struct RecoveryTests {
  /// A shop with mail, where Tadas has signed in before and Milda is a second owner.
  private func shop() async throws -> Shop {
    let shop = try await Shop()
    try await shop.sendMail(port: 2_525)
    _ = try await shop.signIn(for: "tadas")
    var business = try await shop.desk.timetable().business
    let milda = try #require(business.staff.firstIndex { $0.id.text == "milda" })
    business.staff[milda].role = .owner
    let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
    return shop
  }

  /// Ona asks; the recovery and the code that only the mail carries.
  private func asked(in shop: Shop) async throws -> (id: Identifier, code: String) {
    let tadas = try slug("tadas")
    let made = try await shop.leaves(.recoveryAsked) {
      try await shop.desk.invite(tadas, by: try await shop.person("ona"))
    }
    #expect(made == .recovery(opensAt: shop.clock.now() + .hours(24)))
    let id = try await waiting(tadas, in: shop)
    return (id, shop.desk.ring.linkCode(.invite, row: id))
  }

  private func waiting(_ staff: Slug, in shop: Shop) async throws -> Identifier {
    let now = shop.clock.now()
    let recoveries = try await shop.raw.read { try $0.recoveries(now: now) }
    return try #require(recoveries[staff]).id
  }

  private func take(_ code: String, in shop: Shop) async throws -> SignedIn {
    let totp = try #require(TOTP(base32: try await shop.desk.openInvite(code).totpSecret))
    return try await shop.desk.takeInvite(
      code,
      .password("quiet-heron-umbrella-9", code: totp.code(at: shop.clock.now())),
      from: .at("a new phone")
    )
  }

  private func told(_ change: AccessChange, in shop: Shop) async throws -> [String] {
    try await shop.texts(
      "SELECT staff || ' ' || kind FROM notice WHERE detail = '\(change.rawValue)' ORDER BY 1"
    )
  }

  @Test func `it opens at the minute a day later, until then it says when and spends nothing`() async throws {
    let shop = try await shop()
    let (_, code) = try await asked(in: shop)
    #expect(
      try await told(.recoveryAsked, in: shop) == [
        "milda others-access-changed", "ona others-access-changed",
      ]
    )
    for _ in 0..<2 {
      let early = try await shop.leaves(.inviteOpened, .tooEarly) { try await shop.desk.openInvite(code) }
      #expect(early == nil)
    }
    shop.clock.move(.hours(24) - 1)
    let refused = try await refusal { try await shop.desk.openInvite(code) }
    #expect(refused?.code == .tooEarly && refused?.wait == 1)
    for chosen in [NewSignIn.password("quiet-heron-umbrella-9", code: "123456"), .passkey("{}", label: "")] {
      try await shop.leaves(.inviteTaken, .tooEarly) {
        try await shop.desk.takeInvite(code, chosen, from: .at())
      }
    }
    #expect(try await refusal { try await shop.desk.invitePasskeyOptions(code) }?.code == .tooEarly)
    shop.clock.move(1)
    #expect(try await shop.desk.openInvite(code).replaces)
    shop.clock.move(.hours(24) - 1)
    #expect(try await take(code, in: shop).person.id.text == "tadas")
    try await shop.leaves(.inviteTaken, .inviteSpent) {
      try await shop.desk.takeInvite(code, .password("quiet-heron-umbrella-9", code: "123456"), from: .at())
    }
  }

  @Test func `it ends a day after it opened`() async throws {
    let shop = try await shop()
    let (_, code) = try await asked(in: shop)
    shop.clock.move(.hours(48))
    try await shop.leaves(.inviteOpened, .inviteSpent) { try await shop.desk.openInvite(code) }
  }

  @Test func `nothing changes until it is taken up, then all of it; everybody is told`() async throws {
    let shop = try await shop()
    let before = try await shop.signIn(for: "tadas")
    let session = try await shop.signIn(before)
    let (id, code) = try await asked(in: shop)
    shop.clock.move(.minutes(20))
    #expect(try await shop.desk.person(token: session.token)?.isLocked == false)
    shop.clock.move(.hours(24))
    _ = try await shop.signIn(before)
    let (entries, toldBefore) = (try await shop.entries().count, try await told(.inviteTaken, in: shop))
    let taken = try await take(code, in: shop)
    let entry = try #require(try await shop.entries(from: entries).last)
    #expect(entry.act == "invite.taken" && entry.records.contains("recovery/\(id)"))
    #expect(try await shop.desk.person(token: session.token) == nil)
    #expect(try await shop.desk.person(token: taken.token) != nil)
    shop.clock.move(TOTP.period)
    let old = try await refusal { try await shop.signIn(before, from: .at("another")) }
    #expect(old?.code == .signInRefused)
    let news = ["milda others-access-changed", "ona others-access-changed", "tadas access-changed"]
    #expect(try await told(.inviteTaken, in: shop) == (toldBefore + news).sorted())
  }

  @Test func `a second owner opens it at once; who asked for it and whose it is cannot`() async throws {
    let shop = try await shop()
    let (id, code) = try await asked(in: shop)
    let tadas = try slug("tadas")
    for (person, refused) in [
      ("ona", RefusalCode.notAllowed), ("jonas", .notAllowed), ("tadas", .notAllowed),
    ] {
      let person = try await shop.person(person)
      try await shop.leaves(.recoveryOpened, refused) {
        try await shop.desk.openRecovery(id, of: tadas, by: person)
      }
    }
    let milda = try await shop.person("milda")
    try await shop.leaves(.recoveryOpened, .unknown) {
      try await shop.desk.openRecovery(id, of: try slug("jonas"), by: milda)
    }
    #expect(try await refusal { try await shop.desk.openInvite(code) }?.code == .tooEarly)
    try await shop.leaves(.recoveryOpened) { try await shop.desk.openRecovery(id, of: tadas, by: milda) }
    try await shop.leaves(.recoveryOpened, .unknown) {
      try await shop.desk.openRecovery(id, of: tadas, by: milda)
    }
    #expect(
      try await told(.recoveryOpened, in: shop) == [
        "milda others-access-changed", "ona others-access-changed",
      ]
    )
    let access = try await shop.desk.listPeople(by: milda).first { $0.person.id == tadas }
    #expect(access?.recovery?.openedBy == milda.id && access?.recovery?.isOpen(at: shop.clock.now()) == true)
    #expect(access?.recovery?.expiresAt == shop.clock.now() + .hours(24))
    _ = try await take(code, in: shop)
  }

  @Test func `an owner cannot open their own, whoever asked for it`() async throws {
    let shop = try await shop()
    _ = try await shop.signIn(for: "milda")
    let milda = try slug("milda")
    _ = try await shop.desk.invite(milda, by: try await shop.person("ona"))
    let id = try await waiting(milda, in: shop)
    try await shop.leaves(.recoveryOpened, .notAllowed) {
      try await shop.desk.openRecovery(id, of: milda, by: try await shop.person("milda"))
    }
  }

  @Test(arguments: ["an owner", "the person", "the mail", "not me", "the command line", "leaving"])
  func `it is ended by whoever did not mean it`(who: String) async throws {
    let shop = try await shop()
    let session = try await shop.signIn(try await shop.signIn(for: "tadas"))
    let (id, code) = try await asked(in: shop)
    let tadas = try slug("tadas")
    switch who {
    case "an owner", "the person":
      let person = try await shop.person(who == "an owner" ? "milda" : "tadas")
      let jonas = try await shop.person("jonas")
      try await shop.leaves(.recoveryEnded, .notAllowed) {
        try await shop.desk.endRecovery(id, of: tadas, by: jonas)
      }
      try await shop.leaves(.recoveryEnded, .unknown) {
        try await shop.desk.endRecovery(id, of: jonas.id, by: jonas)
      }
      try await shop.leaves(.recoveryEnded) { try await shop.desk.endRecovery(id, of: tadas, by: person) }
      try await shop.leaves(.recoveryEnded, .unknown) {
        try await shop.desk.endRecovery(id, of: tadas, by: person)
      }
    case "the mail":
      let stop = shop.desk.ring.linkCode(.stopRecovery, row: id)
      #expect(shop.desk.isAboutRecovery(stop) && !shop.desk.isAboutRecovery(code))
      let asked = try await shop.leaves(.accessOpened) { try await shop.desk.openStop(stop) }
      #expect(asked?.id == id)
      try await shop.leaves(.recoveryEnded) { try await shop.desk.stopRecovery(stop) }
      try await shop.leaves(.recoveryEnded, .linkSpent) { try await shop.desk.stopRecovery(stop) }
      try await shop.leaves(.accessOpened, .linkSpent) { try await shop.desk.openStop(stop) }
      try await shop.leaves(.recoveryEnded, .linkSpent) { try await shop.desk.stopRecovery(code) }
      #expect(try await shop.desk.person(token: session.token) != nil, "nothing else ends")
    case "not me": try await shop.desk.disown(shop.desk.ring.linkCode(.disown, row: session.person.session))
    case "the command line": _ = try await shop.desk.invite(tadas, by: .commandLine)
    default: _ = try await shop.desk.leave(tadas, by: try await shop.person("milda"))
    }
    if ["an owner", "the person", "the mail"].contains(who) {
      #expect(
        try await told(.recoveryEnded, in: shop) == [
          "milda others-access-changed", "ona others-access-changed", "tadas access-changed",
        ]
      )
    }
    for wait in [0, Int.hours(24)] {
      shop.clock.move(wait)
      try await shop.leaves(.inviteOpened, .inviteSpent) { try await shop.desk.openInvite(code) }
    }
  }

  @Test func `without a mail server it is refused, and the command at the server still makes a link`()
    async throws
  {
    let shop = try await Shop()
    let tadas = try slug("tadas")
    _ = try await shop.signIn(for: "tadas")
    let ona = try await shop.person("ona")
    try await shop.leaves(.recoveryAsked, .mailNotSet) { try await shop.desk.invite(tadas, by: ona) }
    #expect(try await shop.count("invite WHERE opens_at IS NOT NULL") == 0)
    let code = try fragment(of: try await shop.desk.invite(tadas, by: .commandLine))
    #expect(try await shop.desk.openInvite(code).replaces)
  }

  @Test func `who has never signed in, or comes back, gets an invite at once`() async throws {
    let shop = try await shop()
    let ona = try await shop.person("ona")
    guard case .link = try await shop.desk.invite(try slug("jonas"), by: ona) else {
      Issue.record("it waits")
      return
    }
    // Whose factors all ended by "this was not me" has signed in before all the same.
    let session = try await shop.signIn(try await shop.signIn(for: "tadas"))
    try await shop.desk.disown(shop.desk.ring.linkCode(.disown, row: session.person.session))
    let again = try await shop.person("ona")
    guard case .recovery = try await shop.desk.invite(try slug("tadas"), by: again) else {
      Issue.record("it does not wait")
      return
    }
    _ = try await shop.desk.leave(try slug("tadas"), by: again)
    guard case .link = try await shop.desk.invite(try slug("tadas"), by: again) else {
      Issue.record("it waits")
      return
    }
  }

  @Test func `the link is in the person's mail alone, with the day it opens and the way to stop it`()
    async throws
  {
    let shop = try await shop()
    let sink = try MailSink()
    try await shop.sendMail(to: sink)
    let (id, code) = try await asked(in: shop)
    _ = try await shop.desk.deliverMessages()
    shop.clock.move(.hours(24))
    _ = try await shop.desk.deliverMessages()
    let mails = try sink.messages()
    let own = mails.filter { $0.text.contains(code) }
    #expect(own.count == 2 && own.allSatisfy { $0.header("To")?.contains("tadas@") == true })
    let stop = shop.desk.ring.linkCode(.stopRecovery, row: id)
    #expect(own.allSatisfy { $0.text.contains("not-me#\(stop)") && $0.text.contains("Ona has asked") })
    #expect(own.filter { $0.text.contains("this link opens on Tuesday, 24 November 2026, 08:0") }.count == 1)
    #expect(own.filter { $0.text.contains("this link is open now.") }.count == 1)
    let others = mails.filter { $0.header("To")?.contains("ona@") == true }
    #expect(others.contains { $0.text.contains("has asked that Tadas set up") })
  }
}
