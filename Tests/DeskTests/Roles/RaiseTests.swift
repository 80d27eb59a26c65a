import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Power that grows by a side door takes two people as well, and nobody loses it unseen (R28).
@Suite(.serialized, .onEachEngine) struct RaiseTests {
  private func isAsked(_ outcome: RoleOutcome?) -> Bool {
    if case .asked = outcome { true } else { false }
  }

  @Test func `who stops being an owner is told, and so is every other owner`() async throws {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    var business = try await shop.desk.timetable().business
    business.staff.append(StaffMember(idle: try slug("third"), "Third", .owner))
    var emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    emails[try slug("rita")] = "rita@example.test"
    emails[try slug("third")] = "third@example.test"
    _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
    let outcome = try await shop.desk.giveRole(try shop.grant("rita", .newcomer), version: nil, by: ona)
    #expect(outcome == .done)
    let told = "SELECT staff || ' ' || kind FROM notice WHERE detail = 'role-given' ORDER BY staff"
    #expect(try await shop.texts(told) == ["rita access-changed", "third others-access-changed"])
    _ = try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona)
    #expect(try await shop.texts("SELECT staff FROM notice WHERE detail = 'role-saved'") == ["third"])
  }

  @Test func `a last day that is put off while it is still ahead takes two, also one's own`() async throws {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    var business = try await shop.desk.timetable().business
    let rita = try #require(business.staff.firstIndex { $0.id.text == "rita" })
    business.staff[rita].engagement = Engagement(lastDay: try day("2026-12-01"), purpose: "Helps out")
    let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
    var longer = RoleGrant(business.staff[rita])
    longer.engagement?.lastDay = try day("2026-12-02")
    var forever = longer
    forever.engagement = nil
    var shorter = longer
    shorter.engagement?.lastDay = try day("2026-11-30")
    for by in [ona, try await shop.person("rita")] {
      #expect(isAsked(try await shop.desk.giveRole(longer, version: nil, by: by)))
      #expect(isAsked(try await shop.desk.giveRole(forever, version: nil, by: by)))
    }
    #expect(try await shop.desk.giveRole(shorter, version: nil, by: ona) == .done)
    shorter.engagement?.lastDay = try day("2026-11-20")
    let refused = try await refusal { [shorter] in
      try await shop.desk.giveRole(shorter, version: nil, by: ona)
    }
    #expect(refused?.fields == [FieldProblem(path: "last_day", reason: .past)])
  }

  @Test
  func `nobody widens what they may do themselves, by their role's rules, limit, place or another role`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let narrow = [
      RoleRule(.manageRoles, .all), RoleRule(.viewPeople, .all), RoleRule(.viewDay, .location),
      RoleRule(.viewBooking, .own, level: .p1, window: VisitWindow(before: 60, after: 60)),
    ]
    func draft(_ rules: [RoleRule], perDay: Int = 100) -> RoleDraft {
      RoleDraft(name: "Keeper", rules: rules, perMinute: 10, perDay: perDay)
    }
    let keeper = try await shop.desk.saveRole(draft(narrow), as: nil, version: nil, by: ona).role
    let given = try await shop.raise("milda", to: keeper)
    try await shop.desk.approve(given.id, by: rita)
    let milda = try await shop.person("milda")
    let wider = [
      narrow + [RoleRule(.searchCustomers, .all)],
      // One's own work may be at other places than one's own.
      narrow + [RoleRule(.viewDay, .own)],
      narrow + [RoleRule(.viewBooking, .all, level: .p1)],
      Array(narrow.dropLast()) + [RoleRule(.viewBooking, .own, level: .p2, window: narrow[3].window)],
      Array(narrow.dropLast()) + [RoleRule(.viewBooking, .own, level: .p1)],
    ]
    for rules in wider {
      let saved = try await shop.desk.saveRole(draft(rules), as: keeper, version: nil, by: milda)
      #expect(isAsked(saved.outcome), "\(rules.last!)")
    }
    #expect(
      isAsked(
        try await shop.desk.saveRole(draft(narrow, perDay: 101), as: keeper, version: nil, by: milda).outcome
      )
    )
    #expect(
      isAsked(
        try await shop.desk.giveRole(try shop.grant("milda", keeper, at: ["kaunas"]), version: nil, by: milda)
      )
    )
    #expect(
      isAsked(try await shop.desk.giveRole(try shop.grant("milda", .administrator), version: nil, by: milda))
    )
    // Nor do they give others, new or not, what they do not have themselves.
    #expect(
      isAsked(try await shop.desk.giveRole(try shop.grant("tadas", .administrator), version: nil, by: milda))
    )
    // Less is always done.
    let less = Array(narrow.dropLast(2))
    #expect(
      try await shop.desk.saveRole(draft(less, perDay: 50), as: keeper, version: nil, by: milda).outcome
        == .done
    )
    #expect(
      try await shop.desk.giveRole(try shop.grant("tadas", .newcomer), version: nil, by: milda) == .done
    )
    #expect(
      try await shop.desk.giveRole(try shop.grant("milda", .newcomer), version: nil, by: milda) == .done
    )
  }

  @Test func `a new person gets no more on one's word than whoever adds them has`() async throws {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let office = RoleDraft(
      name: "Staff office",
      rules: [RoleRule(.manageRoles, .all), RoleRule(.viewPeople, .all), RoleRule(.invitePeople, .all)],
      perMinute: 10,
      perDay: 10
    )
    let role = try await shop.desk.saveRole(office, as: nil, version: nil, by: ona).role
    try await shop.desk.approve(try await shop.raise("milda", to: role).id, by: rita)
    let milda = try await shop.person("milda")
    func form(_ email: String, _ role: Role) -> PersonForm {
      PersonForm(name: "Nora New", email: email, mailboxReason: nil, role: role)
    }
    let added = try await shop.desk.addPerson(form("nora@example.test", .receptionist), by: milda)
    #expect(isAsked(added.outcome) && added.person.role == .newcomer)
    let byOwner = try await shop.desk.addPerson(form("nina@example.test", .receptionist), by: ona)
    #expect(byOwner.outcome == .done && byOwner.person.role == .receptionist)
  }

  @Test func `a denial is not made narrower by oneself, nor where it reaches`() async throws {
    let business = try Shop.withRolesBusiness()
    let milda = try slug("milda")
    func role(_ scope: Scope) throws -> RoleDefinition {
      RoleDefinition(
        id: try #require(Role(rawValue: "held")),
        name: "Held",
        rules: [RoleRule(.viewDay, .all), RoleRule(.viewDay, scope, effect: .deny)]
      )
    }
    var before = business
    let index = try #require(before.staff.firstIndex { $0.id == milda })
    before.staff[index].role = try role(.own).id
    for (from, to, isRaise) in [
      (Scope.own, Scope.location, true), (.own, .team, false), (.own, .all, false), (.location, .own, true),
      (.team, .own, true), (.all, .location, true), (.location, .location, false),
    ] {
      before.roles = [try role(from)]
      let raise = RoleRaise(.save(try role(to)), on: before, by: milda, today: try day("2026-11-23"))
      #expect((raise != nil) == isRaise, "\(from) to \(to)")
    }
  }

  @Test func `whose role changes by the file is told, and who were owners before it`() async throws {
    let shop = try await Shop.withRoles()
    var business = try await shop.desk.timetable().business
    let rita = try #require(business.staff.firstIndex { $0.id.text == "rita" })
    business.staff[rita].role = .technician
    var emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    emails[try slug("rita")] = "rita@example.test"
    _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
    let told = "SELECT staff || ' ' || kind FROM notice WHERE detail = 'role-given' ORDER BY staff"
    #expect(try await shop.texts(told) == ["ona others-access-changed", "rita access-changed"])
  }

  @Test func `the last way in of the last owner is taken by nobody, and an owner's only by who may agree`()
    async throws
  {
    let shop = try await Shop()
    try await shop.passkey(for: "ona")
    let helper = RoleDefinition(
      id: Role(try slug("helper")),
      name: "Helper",
      rules: [.viewPeople, .endAccess].map { RoleRule($0, .all) }
    )
    var business = try await shop.desk.timetable().business
    business.roles.append(helper)
    let tadas = try #require(business.staff.firstIndex { $0.id.text == "tadas" })
    let ona = try slug("ona")
    let id = try #require(try await shop.raw.read { try $0.passkeys(of: ona) }.first).id
    for (version, verbs) in [
      (100, [Verb.viewPeople, .endAccess]), (101, [.viewPeople, .endAccess, .approveAccess]),
    ] {
      business.roles[0].rules = verbs.map { RoleRule($0, .all) }
      business.staff[tadas].role = helper.id
      let changed = business
      try await shop.raw.change { try $0.replace(changed, version: version) }
      try await shop.desk.refreshBusiness()
      shop.clock.move(1)
      let person = try await shop.person("tadas")
      try await shop.leaves(.passkeyRemoved, .notAllowed) {
        try await shop.desk.takePasskey(id, of: ona, by: person)
      }
    }
    _ = try await shop.signIn(for: "ona")
    try await shop.passkey(for: "ona")
    let second = try #require(try await shop.raw.read { try $0.passkeys(of: ona) }.first).id
    let person = try await shop.person("tadas")
    try await shop.leaves(.passkeyRemoved) {
      try await shop.desk.takePasskey(second, of: ona, by: person)
    }
  }

  @Test func `nobody gets a role once they have left, though it was asked for before`() async throws {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let approval = try await shop.raise()
    _ = try await shop.desk.leave(try slug("milda"), by: ona)
    try await shop.leaves(.approvalGiven, .stale) { try await shop.desk.approve(approval.id, by: rita) }
  }

  @Test func `more customers a day than any built-in role sees takes two`() async throws {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    var draft = kaunasDesk("Reader")
    draft.perDay = 401
    let role = try await shop.desk.saveRole(draft, as: nil, version: nil, by: ona).role
    let outcome = try await shop.desk.giveRole(try shop.grant("tadas", role), version: nil, by: ona)
    guard case .asked(let approval) = outcome,
      case .roleRaise(let raise) = try ApprovalEffect(approval)
    else {
      Issue.record("it takes two")
      return
    }
    #expect(raise.gains.map(\.verbs) == [[]] && raise.gains.map(\.limit?.perDay) == [401])
    draft.perDay = 400
    let usual = draft
    _ = try await shop.desk.saveRole(usual, as: role, version: nil, by: ona)
    #expect(try await shop.desk.giveRole(try shop.grant("tadas", role), version: nil, by: ona) == .done)
  }

  @Test func `an owner whose last day is over is told nothing, and one with a last day is no last owner`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    var business = try await shop.desk.timetable().business
    let rita = try #require(business.staff.firstIndex { $0.id.text == "rita" })
    business.staff[rita].engagement = Engagement(lastDay: try day("2026-11-24"), purpose: "Helps out")
    let emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
    try await shop.leaves(.personLeft, .notAllowed) { try await shop.desk.leave(ona.id, by: ona) }
    let refused = try await refusal {
      try await shop.desk.giveRole(try shop.grant("ona", .newcomer), version: nil, by: ona)
    }
    #expect(refused?.fields == [FieldProblem(path: "role", reason: .lastOwner)])
    let timetable = try await shop.desk.timetable()
    #expect(try await shop.raw.read { try shop.desk.owners(timetable, $0) }.map(\.text) == ["ona", "rita"])
    shop.clock.move(.days(2))
    #expect(try await shop.raw.read { try shop.desk.owners(timetable, $0) }.map(\.text) == ["ona"])
  }

  @Test func `who is let back in by somebody who may not give roles begins as a newcomer`() async throws {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let inviter = RoleDraft(
      name: "Staff office",
      rules: [RoleRule(.viewPeople, .all), RoleRule(.invitePeople, .all), RoleRule(.endAccess, .all)],
      perMinute: 10,
      perDay: 10
    )
    let role = try await shop.desk.saveRole(inviter, as: nil, version: nil, by: ona).role
    try await shop.desk.approve(try await shop.raise("milda", to: role).id, by: rita)
    let milda = try await shop.person("milda")
    for (by, expected) in [(milda, Role.newcomer), (ona, .administrator)] {
      _ = try await shop.desk.giveRole(try shop.grant("jonas", .administrator), version: nil, by: ona)
      _ = try await shop.desk.leave(try slug("jonas"), by: by)
      _ = try await shop.desk.invite(try slug("jonas"), by: by)
      #expect(try await shop.role(of: "jonas") == expected)
    }
  }

  @Test
  func `a yes within a day after one's sign-in was set up does not count for who could have invited them`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    let inviter = RoleDraft(
      name: "Staff office",
      rules: [RoleRule(.invitePeople, .all), RoleRule(.breakGlass, .own)],
      perMinute: 10,
      perDay: 10
    )
    let role = try await shop.desk.saveRole(inviter, as: nil, version: nil, by: ona).role
    try await shop.desk.approve(
      try await shop.raise("tadas", to: role).id,
      by: try await shop.person("rita")
    )
    let tadas = try await shop.seen(try await shop.session("tadas"))
    let milda = try await shop.seen(try await shop.session("milda"))
    let leave = try await shop.desk.askLeave("bookings", minutes: 60, because: "I take her visits", by: tadas)
    let hers = try await shop.desk.askLeave("bookings", minutes: 60, because: "I take his visits", by: milda)
    let rita = try await shop.person("rita")
    try await shop.tamper("UPDATE session SET method = 'invite' WHERE staff = 'rita'")
    try await shop.leaves(.leaveGiven, .notAllowed) {
      try await shop.desk.giveLeave(leave, minutes: 30, by: rita)
    }
    try await shop.leaves(.leaveGiven) { try await shop.desk.giveLeave(hers, minutes: 30, by: rita) }
    let emergency = try await shop.desk.openEmergency(because: "She is ill today", by: tadas)
    shop.clock.move(.minutes(31))
    let later = try await shop.person("rita")
    try await shop.leaves(.emergencyReviewed, .notAllowed) {
      try await shop.desk.reviewEmergency(emergency, as: "in-order", note: nil, by: later)
    }
    shop.clock.move(.days(1))
    let settled = try await shop.person("rita")
    try await shop.leaves(.emergencyReviewed) {
      try await shop.desk.reviewEmergency(emergency, as: "in-order", note: nil, by: settled)
    }
  }

  @Test func `an emergency asks for a proof of the last minutes`() async throws {
    let shop = try await Shop()
    let tadas = try await shop.person("tadas")
    shop.clock.move(.minutes(6))
    try await shop.leaves(.emergencyOpened, .stepUpRequired) {
      try await shop.desk.openEmergency(because: "She is ill today", by: tadas)
    }
  }

  @Test func `a passkey that somebody else takes signs in no more, ends the sessions and is told`()
    async throws
  {
    let shop = try await Shop()
    let key = try await shop.passkey(for: "tadas")
    let client = Client.at("192.0.2.0/24", nil)
    let options = try await shop.desk.signInOptions()
    let session = try await shop.desk.signIn(email: "", .passkey(try key.signed(options)), from: client)
    let (ona, jonas) = (try await shop.person("ona"), try await shop.person("jonas"))
    let tadas = try slug("tadas")
    let id = try await shop.raw.read { try $0.passkeys(of: tadas) }.map(\.id)
    try await shop.leaves(.passkeyRemoved, .notAllowed) {
      try await shop.desk.takePasskey(id[0], of: tadas, by: jonas)
    }
    try await shop.leaves(.passkeyRemoved, .unknown) {
      try await shop.desk.takePasskey(id[0], of: try slug("milda"), by: ona)
    }
    #expect(try await shop.desk.sessionStands(session.person.session))
    try await shop.leaves(.passkeyRemoved) { try await shop.desk.takePasskey(id[0], of: tadas, by: ona) }
    #expect(try await !shop.desk.sessionStands(session.person.session))
    #expect(try await !shop.desk.sessionStands(id[0]), "none at all")
    #expect(try await shop.desk.person(token: session.token) == nil)
    let again = try key.signed(try await shop.desk.signInOptions())
    #expect(
      try await refusal { try await shop.desk.signIn(email: "", .passkey(again), from: client) }?.code
        == .signInRefused
    )
    #expect(try await shop.texts("SELECT staff FROM notice WHERE detail = 'passkey-taken'") == ["tadas"])
    try await shop.leaves(.passkeyRemoved, .unknown) {
      try await shop.desk.takePasskey(id[0], of: tadas, by: ona)
    }
  }

  @Test func `at the limit a search says the same of a customer, a decoy and nobody`() async throws {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    _ = try await shop.desk.bookForCaller(
      try shop.request(at: try at(0, "10:00"), with: "tadas"),
      by: ona
    )
    try await shop.tamper("UPDATE contact SET confirmed_at = made_at")
    let jonas = try await shop.person("jonas")
    _ = try await shop.desk.searchCustomers("rasa@example.com", by: jonas)
    try await shop.tamper("UPDATE reading_volume SET in_day = 100000")
    _ = try await shop.desk.bookForCaller(
      try shop.request(at: try at(0, "12:00"), with: "tadas", for: Cast.marius),
      by: ona
    )
    try await shop.leaves(.customersSearched, .volumeReached) {
      try await shop.desk.searchCustomers(Cast.marius.email ?? "", by: jonas)
    }
    for query in ["nobody@example.com", "rasa@example.com", "Nobody at all"] {
      try await shop.leaves(.customersSearched, .volumeReached) {
        try await shop.desk.searchCustomers(query, by: jonas)
      }
    }
    shop.clock.move(.days(1))
    let tomorrow = try await shop.person("jonas")
    #expect(try await shop.desk.searchCustomers("nobody@example.com", by: tomorrow).isEmpty)
  }
}
