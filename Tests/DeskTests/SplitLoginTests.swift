import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// One login that two people have used becomes two.
@Suite(.serialized, .onEachEngine) struct SplitLoginTests {
  private func finding(_ shop: Shop) async throws -> Identifier {
    let finding = Finding(
      id: Identifier(at: shop.clock.now()),
      staff: try slug("milda"),
      signs: [.twoPlaces],
      foundAt: shop.clock.now()
    )
    try await shop.raw.change { try $0.add(finding) }
    return finding.id
  }

  private func greta(_ email: String = "greta@example.test", reason: String? = nil) -> SecondPerson {
    SecondPerson(name: "Greta Rimkutė", email: email, mailboxReason: reason)
  }

  @Test
  func
    `the second person gets the role and an invite, the first is signed out and must choose a new password`()
    async throws
  {
    let shop = try await Shop()
    let milda = try await shop.signIn(for: "milda")
    let signedIn = try await shop.desk.signIn(
      email: milda.email,
      milda.proof(at: shop.clock.now()),
      from: .at()
    )
    let ona = try await shop.person("ona")
    let id = try await finding(shop)
    let split = try await shop.leaves(.loginSplit) {
      try await shop.desk.splitLogin(id, giving: greta(), by: ona)
    }
    #expect(try split?.person.id == slug("greta") && split?.person.role == .technician)
    #expect(split?.person.services.isEmpty == true)
    let opened = try await shop.desk.openInvite(try fragment(of: try #require(split).link))
    #expect(opened.name == "Greta Rimkutė" && opened.email == "greta@example.test" && !opened.replaces)
    #expect(try await shop.desk.person(token: signedIn.token) == nil)
    let due = try await shop.raw.read { try $0.staffAccount(try slug("milda"))?.passwordDue }
    #expect(due == .sharedLogin)
    #expect(try await shop.desk.openFindings(by: ona).isEmpty)
    try await shop.leaves(.loginSplit, .unknown) {
      try await shop.desk.splitLogin(id, giving: greta("other@example.test"), by: ona)
    }
  }

  @Test func `a login that looks after the business is split without its role, by who may give roles (R28)`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let helper = RoleDefinition(
      id: Role(try slug("helper")),
      name: "Helper",
      rules: [.viewPeople, .endAccess].map { RoleRule($0, .all) }
    )
    var business = try await shop.desk.timetable().business
    business.roles.append(helper)
    let index = try #require(business.staff.firstIndex { $0.id.text == "tadas" })
    business.staff[index].role = helper.id
    let changed = business
    try await shop.raw.change { try $0.replace(changed, version: 100) }
    try await shop.desk.refreshBusiness()
    let found = Finding(
      id: Identifier(at: shop.clock.now()),
      staff: try slug("rita"),
      signs: [.twoPlaces],
      foundAt: shop.clock.now()
    )
    try await shop.raw.change { try $0.add(found) }
    shop.clock.move(1)
    let tadas = try await shop.person("tadas")
    try await shop.leaves(.loginSplit, .notAllowed) {
      try await shop.desk.splitLogin(found.id, giving: greta(), by: tadas)
    }
    let split = try await shop.desk.splitLogin(found.id, giving: greta(), by: try await shop.person("ona"))
    #expect(split.person.role == .newcomer)
  }

  @Test func `the second person gets the places, the team and the last day along`() async throws {
    let shop = try await Shop()
    var business = try await shop.desk.timetable().business
    let milda = try #require(business.staff.firstIndex { $0.id.text == "milda" })
    business.staff[milda].role = .vendor
    business.staff[milda].team = try slug("alpha")
    business.staff[milda].engagement = Engagement(lastDay: try day("2026-12-20"), purpose: "The season")
    let changed = business
    try await shop.raw.change { try $0.replace(changed, version: 100) }
    try await shop.desk.refreshBusiness()
    let id = try await finding(shop)
    let split = try await shop.desk.splitLogin(id, giving: greta(), by: try await shop.person("ona"))
    #expect(split.person.role == .vendor && split.person.engagement == business.staff[milda].engagement)
    #expect(split.person.team == business.staff[milda].team)
    #expect(split.person.locations == [try slug("main")])
  }

  @Test func `an address of somebody else, or of a role without a reason, is refused and the finding stays`()
    async throws
  {
    let shop = try await Shop()
    let ona = try await shop.person("ona")
    let id = try await finding(shop)
    for (email, reason) in [
      ("tadas@example.test", FieldReason.addressTaken), ("info@example.test", .roleMailbox),
    ] {
      let refused = try await refusal { try await shop.desk.splitLogin(id, giving: greta(email), by: ona) }
      #expect(refused?.fields == [FieldProblem(path: "email", reason: reason)])
    }
    #expect(try await shop.desk.openFindings(by: ona).count == 1)
    let split = try await shop.desk.splitLogin(
      id,
      giving: greta("info@example.test", reason: "Greta alone reads it"),
      by: ona
    )
    let people = try await shop.desk.listPeople(by: ona)
    #expect(people.first { $0.person.id == split.person.id }?.mailboxReason == "Greta alone reads it")
  }
}
