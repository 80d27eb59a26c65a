import Booking
import People
import Primitives
import Storage
import Testing

@testable import Desk

/// Roles of the business's own, and giving them (R20).
@Suite(.serialized, .onEachEngine) struct RolesTests {
  @Test func `a role is made, changed, given, counts at once and on another server, and is taken away`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    let (id, kaunas) = (try slug("milda"), try slug("kaunas"))
    let made = try #require(
      try await shop.leaves(.roleSaved) {
        try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona)
      }
    )
    #expect(made.role.rawValue == "receptionist-at-kaunas" && made.outcome == .done)
    let other = try await shop.another()
    _ = try await other.timetable()
    try await shop.leaves(.roleGiven) {
      try await shop.desk.giveRole(
        try shop.grant("milda", made.role, at: ["kaunas"]),
        version: try await shop.version(),
        by: ona
      )
    }
    try await other.refreshBusiness()
    for desk in [shop.desk, other] {
      let business = try await desk.timetable().business
      #expect(business.staffMember(id)?.role == made.role)
      #expect(business.staffMember(id)?.locations == [kaunas])
    }
    let milda = try await shop.person("milda")
    #expect(milda.holder.role.name == "Receptionist at Kaunas" && milda.holder.places == [kaunas])
    #expect(shop.desk.extent(.viewMoney, milda).isEmpty)
    try await shop.leaves(.roleRemoved, .roleInUse) {
      try await shop.desk.removeRole(made.role, version: nil, by: ona)
    }
    _ = try await shop.desk.giveRole(try shop.grant("milda", .technician), version: nil, by: ona)
    try await shop.leaves(.roleRemoved) {
      try await shop.desk.removeRole(made.role, version: nil, by: ona)
    }
    try await shop.leaves(.roleRemoved, .unknown) {
      try await shop.desk.removeRole(made.role, version: nil, by: ona)
    }
  }

  @Test func `nobody but an owner makes, changes, removes, gives or lists roles, or adds people`()
    async throws
  {
    let shop = try await Shop.withRoles()
    for id in ["jonas", "tadas"] {
      let person = try await shop.person(id)
      let before = try await shop.picture()
      try await shop.leaves(.roleSaved, .notAllowed) {
        try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: person)
      }
      try await shop.leaves(.roleRemoved, .notAllowed) {
        try await shop.desk.removeRole(.technician, version: nil, by: person)
      }
      try await shop.leaves(.roleGiven, .notAllowed) {
        try await shop.desk.giveRole(try shop.grant(id, .owner), version: nil, by: person)
      }
      try await shop.leaves(.rolesOpened, .notAllowed) { try await shop.desk.listRoles(by: person) }
      try await shop.leaves(.personAdded, .notAllowed) {
        try await shop.desk.addPerson(try newGreta(.receptionist), by: person)
      }
      #expect(try await shop.picture() == before)
    }
  }

  @Test func `a name twice, a faulty rule, a limit that is none and a built-in role are refused`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    _ = try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona)
    func problems(_ change: (inout RoleDraft) -> Void) async throws -> [FieldProblem] {
      var draft = kaunasDesk("Another desk")
      change(&draft)
      return try await refusal { try await shop.desk.saveRole(draft, as: nil, version: nil, by: ona) }?.fields
        ?? []
    }
    for name in ["receptionist at kaunas", "Owner"] {
      #expect(try await problems { $0.name = name } == [FieldProblem(path: "name", reason: .nameTaken)])
    }
    #expect(try await problems { $0.name = " " } == [FieldProblem(path: "name", reason: .missing)])
    for rule in [
      RoleRule(.setMail, .own), RoleRule(.viewDay, .all, level: .p2),
      RoleRule(.viewBooking, .all, level: .p3),
      RoleRule(.viewDay, .own, window: RoleDefinition.aroundVisit),
    ] {
      #expect(
        try await problems { $0.rules.append(rule) } == [FieldProblem(path: "rules", reason: .faultyRule)]
      )
    }
    #expect(
      try await problems { $0.perDay = 0 } == [FieldProblem(path: "limit/per_day", reason: .notANumber)]
    )
    try await shop.leaves(.roleSaved, .notAllowed) {
      try await shop.desk.saveRole(kaunasDesk("Boss"), as: .owner, version: nil, by: ona)
    }
  }

  @Test func `a form of an older version is stale, and nothing is changed`() async throws {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    let shown = try await shop.version()
    let made = try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona)
    try await shop.leaves(.roleSaved, .stale) {
      try await shop.desk.saveRole(kaunasDesk("Desk"), as: made.role, version: shown, by: ona)
    }
    try await shop.leaves(.roleGiven, .stale) {
      try await shop.desk.giveRole(try shop.grant("milda", made.role), version: shown, by: ona)
    }
    try await shop.leaves(.roleRemoved, .stale) {
      try await shop.desk.removeRole(made.role, version: shown, by: ona)
    }
    #expect(try await shop.role(of: "milda") == .technician)
  }

  @Test func `the last owner who can sign in stays owner, without a last day`() async throws {
    let shop = try await Shop.withRoles(twoOwners: false)
    let ona = try await shop.person("ona")
    let refused = try await refusal {
      try await shop.desk.giveRole(try shop.grant("ona", .technician), version: nil, by: ona)
    }
    #expect(refused?.fields == [FieldProblem(path: "role", reason: .lastOwner)])
    var ending = try shop.grant("ona", .owner)
    ending.engagement = Engagement(lastDay: try day("2026-12-01"), purpose: "Until then")
    let grant = ending
    let ended = try await refusal { try await shop.desk.giveRole(grant, version: nil, by: ona) }
    #expect(ended?.fields == [FieldProblem(path: "role", reason: .lastOwner)])
  }

  @Test func `a role or place that is none, and a vendor without a last day, are refused beside their field`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    func refused(_ grant: RoleGrant) async throws -> [FieldProblem]? {
      try await refusal { try await shop.desk.giveRole(grant, version: nil, by: ona) }?.fields
    }
    let nothing = try #require(Role(rawValue: "nothing"))
    #expect(
      try await refused(try shop.grant("milda", nothing)) == [FieldProblem(path: "role", reason: .notAChoice)]
    )
    #expect(
      try await refused(try shop.grant("milda", .technician, at: ["moon"]))
        == [FieldProblem(path: "locations", reason: .notAChoice)]
    )
    #expect(
      try await refused(try shop.grant("milda", .vendor)) == [
        FieldProblem(path: "last_day", reason: .missing)
      ]
    )
    try await shop.leaves(.roleGiven, .unknown) {
      try await shop.desk.giveRole(try shop.grant("nobody", .technician), version: nil, by: ona)
    }
  }

  @Test func `a person is added with a role, a place and an invite, and may do what the role says`()
    async throws
  {
    let shop = try await Shop.withRoles()
    let ona = try await shop.person("ona")
    let made = try await shop.desk.saveRole(kaunasDesk(), as: nil, version: nil, by: ona)
    let added = try #require(
      try await shop.leaves(.personAdded) {
        try await shop.desk.addPerson(try newGreta(made.role, at: ["kaunas"]), by: ona)
      }
    )
    #expect(added.outcome == .done && added.person.role == made.role)
    #expect(try await shop.desk.openInvite(try fragment(of: added.link)).email == "greta@example.test")
    let greta = try await shop.person("greta")
    let kaunas = try slug("kaunas")
    #expect(greta.holder.places == [kaunas])
    let taken = try await refusal { try await shop.desk.addPerson(try newGreta(made.role), by: ona) }
    #expect(taken?.fields == [FieldProblem(path: "email", reason: .addressTaken)])
  }

  @Test func `a new owner is a newcomer who may do nothing until a second person agrees`() async throws {
    let shop = try await Shop.withRoles()
    let (ona, rita) = (try await shop.person("ona"), try await shop.person("rita"))
    let added = try #require(
      try await shop.leaves(.personAdded) { try await shop.desk.addPerson(try newGreta(.owner), by: ona) }
    )
    guard case .asked(let approval) = added.outcome else {
      Issue.record("a new owner needs two")
      return
    }
    #expect(try await shop.role(of: "greta") == .newcomer)
    let greta = try await shop.person("greta")
    for verb in Verb.allCases where verb != .changeOwnAccess {
      #expect(shop.desk.extent(verb, greta).isEmpty, "\(verb)")
    }
    try await shop.leaves(.approvalGiven) { try await shop.desk.approve(approval.id, by: rita) }
    #expect(try await shop.role(of: "greta") == .owner)
  }

  private func newGreta(_ role: Role, at places: [String] = []) throws -> PersonForm {
    PersonForm(
      name: "Greta Rimkutė",
      email: "greta@example.test",
      mailboxReason: nil,
      role: role,
      locations: try places.map(slug)
    )
  }
}
