import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// What gives somebody a strong verb takes two people (R28).
@Suite(.serialized, .onEachEngine) struct ApprovalTests {
  @Test func `a raise is asked for, changes nothing, and is done as shown once another owner agrees`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let outcome = try await shop.leaves(.approvalAsked) {
      try await shop.desk.giveRole(try shop.grant("milda", .owner), version: nil, by: ona)
    }
    guard case .asked(let approval)? = outcome else {
      Issue.record("a raise needs two")
      return
    }
    #expect(try await shop.role(of: "milda") == .technician)
    #expect(!approval.isAlone)
    #expect(approval.expiresAt == approval.askedAt + .hours(1))
    let seen = try #require(try await shop.desk.listApprovals(by: rita).first)
    #expect(seen.mayDecide && !seen.isOwn)
    guard case .roleRaise(let raise) = seen.effect else { return }
    let milda = try slug("milda")
    #expect(raise.gains.map(\.person) == [milda])
    #expect(raise.gains.first?.verbs == Verb.allCases.filter(\.isStrong))
    #expect(try await shop.desk.listApprovals(by: ona).first?.mayDecide == false)
    try await shop.leaves(.approvalGiven) { try await shop.desk.approve(approval.id, by: rita) }
    #expect(try await shop.role(of: "milda") == .owner)
    try await shop.leaves(.approvalGiven, .approvalEnded) {
      try await shop.desk.approve(approval.id, by: rita)
    }
    #expect(try await shop.desk.listApprovals(by: rita).isEmpty)
    let told = try await shop.texts("SELECT staff FROM notice WHERE detail = 'approval-done' ORDER BY staff")
    #expect(told == ["milda", "ona", "rita"], "all owners, the new one among them")
  }

  @Test func `nobody agrees to their own, nobody without the right does, and nothing is done`() async throws {
    let shop = try await Shop.withRoles()
    let approval = try await shop.raise()
    for id in ["ona", "jonas", "milda"] {
      let person = try await shop.person(id)
      try await shop.leaves(.approvalGiven, .notAllowed) {
        try await shop.desk.approve(approval.id, by: person)
      }
      try await shop.leaves(.approvalRefused, .notAllowed) {
        try await shop.desk.refuseApproval(approval.id, by: person)
      }
    }
    let (rita, jonas) = (try await shop.person("rita"), try await shop.person("jonas"))
    try await shop.leaves(.approvalWithdrawn, .unknown) {
      try await shop.desk.withdrawApproval(approval.id, by: rita)
    }
    try await shop.leaves(.approvalsOpened, .notAllowed) { try await shop.desk.listApprovals(by: jonas) }
    try await shop.leaves(.approvalGiven, .unknown) {
      try await shop.desk.approve(Identifier(at: shop.clock.now()), by: rita)
    }
    #expect(try await shop.role(of: "milda") == .technician)
    await #expect(throws: StorageFault.self) {
      try await shop.tamper("UPDATE approval SET state = 'done', decided_by = asked_by, decided_at = 1")
    }
  }

  @Test func `the same asked twice is one, and after an hour nobody can agree any more`() async throws {
    let shop = try await Shop.withRoles()
    let approval = try await shop.raise()
    #expect(try await shop.raise().id == approval.id)
    #expect(try await shop.count("approval") == 1)
    shop.clock.move(.hours(1))
    let rita = try await shop.person("rita")
    #expect(try await shop.desk.listApprovals(by: rita).isEmpty)
    try await shop.leaves(.approvalGiven, .approvalEnded) {
      try await shop.desk.approve(approval.id, by: rita)
    }
    try await shop.leaves(.approvalLapsed) { try await shop.desk.runApprovals() }
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
    #expect(try await shop.state(of: approval) == "lapsed")
    #expect(try await shop.role(of: "milda") == .technician)
  }

  @Test func `the yes asks for a proof of the last minutes`() async throws {
    let shop = try await Shop.withRoles()
    let rita = try await shop.person("rita")
    shop.clock.move(.minutes(6))
    let approval = try await shop.raise()
    try await shop.leaves(.approvalGiven, .stepUpRequired) {
      try await shop.desk.approve(approval.id, by: rita)
    }
  }

  @Test func `what would come out differently than it was shown is not done`() async throws {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    // The role that is given is another one meanwhile.
    var draft = kaunasDesk("Desk lead")
    draft.rules.append(RoleRule(.viewAudit, .all))
    let lead = try await shop.desk.saveRole(draft, as: nil, version: nil, by: ona).role
    let given = try await shop.raise("milda", to: lead)
    draft.rules.append(RoleRule(.exportCustomers, .all))
    _ = try await shop.desk.saveRole(draft, as: lead, version: nil, by: ona)
    try await shop.leaves(.approvalGiven, .stale) { try await shop.desk.approve(given.id, by: rita) }
    // The person is something else meanwhile.
    let raised = try await shop.raise("tadas")
    _ = try await shop.desk.giveRole(try shop.grant("tadas", .bookkeeper), version: nil, by: ona)
    try await shop.leaves(.approvalGiven, .stale) { try await shop.desk.approve(raised.id, by: rita) }
    #expect(try await shop.role(of: "tadas") == .bookkeeper)
    #expect(try await shop.role(of: "milda") == .technician)
  }

  @Test func `who asked and may no longer give roles, asks for nothing any more`() async throws {
    let shop = try await Shop.withRoles()
    let rita = try await shop.person("rita")
    let approval = try await shop.raise()
    _ = try await shop.desk.leave(try slug("ona"), by: rita)
    try await shop.leaves(.approvalGiven, .stale) { try await shop.desk.approve(approval.id, by: rita) }
  }

  @Test func `a role that somebody has and that gets a strong verb needs two, one that nobody has does not`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let role = try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona).role
    _ = try await shop.desk.giveRole(try shop.grant("milda", role), version: nil, by: ona)
    var draft = kaunasDesk()
    draft.rules.append(RoleRule(.invitePeople, .all))
    let wider = draft
    let saved = try await shop.leaves(.approvalAsked) {
      try await shop.desk.saveRole(wider, as: role, version: nil, by: ona)
    }
    guard case .asked(let approval)? = saved?.outcome else {
      Issue.record("a raise needs two")
      return
    }
    var milda = try await shop.person("milda")
    #expect(!shop.desk.may(.invitePeople, milda))
    try await shop.leaves(.approvalGiven) { try await shop.desk.approve(approval.id, by: rita) }
    shop.clock.move(1)
    milda = try await shop.person("milda")
    #expect(shop.desk.may(.invitePeople, milda))
    let unused = try await shop.desk.saveRole(
      RoleDraft(name: "Inviter", rules: wider.rules, perMinute: 1, perDay: 1),
      as: nil,
      version: nil,
      by: ona
    )
    #expect(unused.outcome == .done)
  }

  @Test func `a denial that is taken back and a last day that is put off are raises too`() async throws {
    let shop = try await Shop.withRoles()
    var business = try #require(try await shop.raw.read { try $0.business() }).business
    let denied = RoleDefinition(
      id: try #require(Role(rawValue: "held")),
      name: "Held",
      rules: [RoleRule(.viewAudit, .all), RoleRule(.viewAudit, .all, effect: .deny)]
    )
    business.roles = [denied]
    let index = try #require(business.staff.firstIndex { $0.id.text == "milda" })
    business.staff[index].role = denied.id
    let (today, ona) = (try day("2026-11-23"), try slug("ona"))
    var freed = denied
    freed.rules.removeLast()
    #expect(RoleRaise(.save(freed), on: business, by: ona, today: today) != nil)
    #expect(RoleRaise(.save(denied), on: business, by: ona, today: today) == nil)
    business.staff[index].role = .auditor
    business.staff[index].engagement = Engagement(lastDay: try day("2026-11-22"), purpose: "The audit")
    var longer = try shop.grant("milda", .auditor)
    longer.engagement = Engagement(lastDay: try day("2026-12-22"), purpose: "The audit")
    #expect(RoleRaise(.give(longer), on: business, by: ona, today: today) != nil)
  }

  @Test
  func `an owner alone waits a day, is told at once, and it is then done by the server, not a minute before`()
    async throws
  {
    let shop = try await Shop.withRoles(twoOwners: false)
    let approval = try await shop.raise()
    #expect(approval.isAlone && approval.opensAt == approval.askedAt + .hours(24))
    #expect(
      try await shop.texts("SELECT staff FROM notice WHERE detail = 'approval-asked-alone'") == ["ona"]
    )
    shop.clock.move(.hours(24) - 1)
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
    #expect(try await shop.role(of: "milda") == .technician)
    shop.clock.move(1)
    try await shop.leaves(.approvalGiven) { try await shop.desk.runApprovals() }
    #expect(try await shop.role(of: "milda") == .owner)
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
  }

  @Test func `what an owner alone asked for waits for whoever can agree by the time it would be done`()
    async throws
  {
    let shop = try await Shop.withRoles(twoOwners: false)
    let approval = try await shop.raise()
    var business = try await shop.desk.timetable().business
    business.staff.append(StaffMember(idle: try slug("rita"), "Rita", .owner))
    var emails = try Dictionary(uniqueKeysWithValues: Cast.emails.map { (try slug($0.key), $0.value) })
    emails[try slug("rita")] = "rita@example.test"
    _ = try await shop.desk.apply(business, emails: emails, by: .commandLine)
    _ = try await shop.signIn(for: "rita")
    shop.clock.move(.hours(24))
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
    #expect(try await shop.role(of: "milda") == .technician)
    let rita = try await shop.person("rita")
    try await shop.leaves(.approvalGiven) { try await shop.desk.approve(approval.id, by: rita) }
    #expect(try await shop.role(of: "milda") == .owner)
  }

  @Test func `an owner alone can withdraw within the day, and then nothing is done`() async throws {
    let shop = try await Shop.withRoles(twoOwners: false)
    let approval = try await shop.raise()
    shop.clock.move(.hours(23))
    let ona = try await shop.person("ona")
    try await shop.leaves(.approvalWithdrawn) {
      try await shop.desk.withdrawApproval(approval.id, by: ona)
    }
    try await shop.leaves(.approvalWithdrawn, .approvalEnded) {
      try await shop.desk.withdrawApproval(approval.id, by: ona)
    }
    shop.clock.move(.hours(2))
    try await shop.leavesNothing { try await shop.desk.runApprovals() }
    #expect(try await shop.role(of: "milda") == .technician)
  }

  @Test func `of two servers that run what is due, one does it`() async throws {
    let shop = try await Shop.withRoles(twoOwners: false)
    _ = try await shop.raise()
    shop.clock.move(.hours(24))
    let other = try await shop.another()
    async let one: Void = shop.desk.runApprovals()
    async let two: Void = other.runApprovals()
    _ = try await (one, two)
    #expect(try await shop.role(of: "milda") == .owner)
    let done = try await shop.entries().filter { $0.act == "approval.given" && $0.outcome == "done" }
    #expect(done.count == 1)
  }

  @Test func `whoever invited the second person anew cannot agree in their name within a day`() async throws {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    // She leaves, is let back in from the machine by a link that works at once, and whoever made it takes it up.
    _ = try await shop.desk.leave(try slug("rita"), by: ona)
    let link = try await shop.desk.invite(try slug("rita"), by: .commandLine)
    let code = try fragment(of: link)
    let totp = try #require(TOTP(base32: try await shop.desk.openInvite(code).totpSecret))
    let typed = totp.code(at: shop.clock.now() - TOTP.period)
    let taken = try await shop.desk.takeInvite(
      code,
      .password("quiet-heron-umbrella-9", code: typed),
      from: .at()
    )
    let approval = try await shop.raise()
    #expect(approval.isAlone, "nobody else could agree, so it waits a day")
    try await shop.leaves(.approvalGiven, .notAllowed) {
      try await shop.desk.approve(approval.id, by: taken.person)
    }
  }

  @Test func `whoever is let back in does not bring a role along that looks after the business`() async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    for (id, role) in [("rita", Role.newcomer), ("milda", .technician)] {
      _ = try await shop.desk.leave(try slug(id), by: ona)
      try await shop.leaves(.inviteMade) { try await shop.desk.invite(try slug(id), by: ona) }
      #expect(try await shop.role(of: id) == role)
    }
  }

  @Test func `who may invite and not give roles makes no link to a role that looks after the business`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let helper = RoleDefinition(
      id: Role(try slug("helper")),
      name: "Helper",
      rules: [.viewPeople, .invitePeople].map { RoleRule($0, .all) }
    )
    var business = try await shop.desk.timetable().business
    business.roles.append(helper)
    for (index, member) in business.staff.enumerated() {
      if member.id.text == "tadas" { business.staff[index].role = helper.id }
      if member.id.text == "jonas" { business.staff[index].role = .owner }
    }
    let changed = business
    try await shop.raw.change { try $0.replace(changed, version: 100) }
    try await shop.desk.refreshBusiness()
    _ = try await shop.desk.leave(try slug("rita"), by: try await shop.person("ona"))
    shop.clock.move(1)
    let tadas = try await shop.person("tadas")
    for id in ["rita", "jonas"] {
      try await shop.leaves(.inviteMade, .notAllowed) { try await shop.desk.invite(try slug(id), by: tadas) }
    }
    try await shop.leaves(.inviteMade) { try await shop.desk.invite(try slug("milda"), by: tadas) }
  }

  @Test func `giving a role confirms it, and one that had lapsed and is strong needs two again`() async throws
  {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    var draft = kaunasDesk("Desk lead")
    draft.rules.append(RoleRule(.viewAudit, .all))
    let lead = try await shop.desk.saveRole(draft, as: nil, version: nil, by: ona).role
    let first = try await shop.raise("milda", to: lead)
    try await shop.desk.approve(first.id, by: rita)
    let milda = try slug("milda")
    let now = shop.clock.now()
    try await shop.raw.change { try $0.review(milda, until: now, by: milda, at: now) }
    let again = try await shop.raise("milda", to: lead)
    try await shop.desk.approve(again.id, by: rita)
    let due = try await shop.raw.read { try $0.standing(of: milda)?.reviewDueAt }
    #expect(due == now + StandingRule.reviewEvery)
  }

  @Test func `a business file that gives somebody more is done at once, and the owners are told`()
    async throws
  {
    let shop = try await Shop.withRoles()
    var business = try #require(try await shop.raw.read { try $0.business() }).business
    let index = try #require(business.staff.firstIndex { $0.id.text == "milda" })
    business.staff[index].role = .owner
    var emails = Cast.emails
    emails["rita"] = "rita@example.test"
    _ = try await shop.desk.apply(
      business,
      emails: try Dictionary(uniqueKeysWithValues: emails.map { (try slug($0.key), $0.value) }),
      by: .commandLine
    )
    #expect(try await shop.role(of: "milda") == .owner)
    let told = try await shop.texts("SELECT staff FROM notice WHERE detail = 'raised-by-file' ORDER BY staff")
    #expect(told == ["ona", "rita"])
  }
}
