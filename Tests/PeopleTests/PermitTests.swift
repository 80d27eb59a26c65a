import Booking
import Primitives
import TestKit
import Testing

@testable import People

struct PermitTests {
  /// The whole table of built-in roles, written out a second time: the widest scope of each verb; nil: never.
  private static let table: [Verb: [Role: Scope]] = [
    .viewDay: visits.merging([.vendor: .own]) { $1 }, .viewBooking: visits.merging([.vendor: .own]) { $1 },
    .makeBooking: visits, .moveBooking: visits, .cancelBooking: visits, .viewHistory: visits,
    .markVisit: visits.merging([.vendor: .own]) { $1 }, .revealContact: visits,
    .viewAccess: office, .liftTimeOff: office.merging([.technician: .own]) { $1 }, .blockTimeOff: visits,
    .searchCustomers: office.merging([.receptionist: .location]) { $1 },
    .viewMoney: office.merging([.bookkeeper: .all]) { $1 }, .viewAudit: [.owner: .all, .auditor: .all],
    .viewMail: owner, .setMail: owner, .viewPeople: owner, .invitePeople: owner, .endAccess: owner,
    .manageRoles: owner, .approveAccess: owner, .exportCustomers: owner,
    .eraseCustomers: owner,
    .breakGlass: [.administrator: .own, .receptionist: .own, .technician: .own],
    .changeOwnAccess: Dictionary(uniqueKeysWithValues: Role.builtIn.map { ($0, .own) }),
  ]
  private static let owner: [Role: Scope] = [.owner: .all]
  private static let office: [Role: Scope] = [.owner: .all, .administrator: .all]
  private static let visits: [Role: Scope] = [
    .owner: .all, .administrator: .all, .receptionist: .location, .technician: .own,
  ]

  @Test(arguments: Verb.allCases)
  func `each built-in role may do what its job needs and nothing else`(_ verb: Verb) throws {
    let now = try #require(Instant(rfc3339: "2026-11-24T10:00:00+02:00"))
    let visit = try #require(Interval(start: now, end: now + .hours(1)))
    for role in Role.builtIn {
      let holder = try person(role)
      let scope = PermitTests.table[verb]?[role]
      for (name, target) in try targets(visit) {
        let isGranted = holder.decide(verb, on: target, now: now).isGranted
        #expect(isGranted == reaches(scope, name), "\(role.rawValue) \(verb) \(name)")
      }
    }
  }

  @Test func `every rule of a built-in role is one that a business could write too`() {
    #expect(RoleDefinition.builtIn.map(\.id) == Role.builtIn)
    for role in RoleDefinition.builtIn { #expect(role.rules.allSatisfy { $0.fault == nil }) }
  }

  @Test func `somebody else's booking looks like none at all, and what a role never does is plainly refused`()
    throws
  {
    let now = Instant(seconds: 1_800_000_000)
    let tadas = try person(.technician)
    let theirs = Target(staff: Slug("milda"))
    #expect(tadas.decide(.viewBooking, on: theirs, now: now) == .refused(.notTheirs))
    #expect(throws: Refusal(.unknown)) { _ = try tadas.decide(.viewBooking, on: theirs, now: now).get() }
    #expect(tadas.decide(.setMail, on: .business, now: now) == .refused(.notTheirRole))
    #expect(throws: Refusal(.notAllowed)) { _ = try tadas.decide(.setMail, on: .business, now: now).get() }
  }

  @Test func `a technician sees who comes from twelve hours before a visit until four after it (R19)`() throws
  {
    let start = try #require(Instant(rfc3339: "2026-11-24T10:00:00+02:00"))
    let visit = try #require(Interval(start: start, end: start + .hours(1)))
    let tadas = try person(.technician)
    let own = Target(staff: tadas.id, visit: visit)
    let (opening, closing) = (start - .hours(12), visit.end + .hours(4))
    for (now, isOpen) in [(opening - 1, false), (opening, true), (closing - 1, true), (closing, false)] {
      #expect(tadas.decide(.viewBooking, on: own, now: now).isGranted)
      #expect(tadas.decide(.viewBooking, on: own, level: .p2, now: now).isGranted == isOpen)
      #expect(tadas.decide(.revealContact, on: own, now: now).isGranted == isOpen)
    }
    let early = tadas.decide(.revealContact, on: own, now: opening - 1)
    #expect(early == .refused(.outsideWindow(opening: opening)))
    #expect(tadas.decide(.revealContact, on: own, now: closing) == .refused(.outsideWindow(opening: nil)))
  }

  @Test func `a rule that denies wins over every rule that allows, and over leave (V32)`() throws {
    let now = Instant(seconds: 1_800_000_000)
    let verbs: Set<Verb> = [.viewMoney, .viewBooking]
    let leave = Leave(id: Identifier(at: now), kind: .given, verbs: verbs, level: .p2, until: now + 60)
    let role = RoleDefinition(
      id: .receptionist,
      name: "Receptionist",
      rules: [
        RoleRule(.viewMoney, .all), RoleRule(.viewMoney, .all, effect: .deny),
        RoleRule(.viewBooking, .all, level: .p2), RoleRule(.viewBooking, .all, level: .p2, effect: .deny),
      ]
    )
    let holder = Holder(id: try #require(Slug("rasa")), role: role, leaves: [leave])
    #expect(holder.decide(.viewMoney, on: .business, now: now) == .refused(.denied))
    #expect(holder.decide(.viewBooking, on: .business, level: .p2, now: now) == .refused(.denied))
    let permit = try holder.decide(.viewBooking, on: .business, now: now).get()
    #expect(permit.level == .p1)
  }

  @Test func `leave ends at its minute, and a person's at the end of their last day`() throws {
    let now = Instant(seconds: 1_800_000_000)
    let leave = Leave(
      id: Identifier(at: now),
      kind: .emergency,
      verbs: [.viewBooking],
      level: .p2,
      until: now + 60
    )
    var holder = Holder(id: try #require(Slug("x")), role: .nothing(.vendor), leaves: [leave])
    let permit = try holder.decide(.viewBooking, on: .business, level: .p2, now: now + 59).get()
    #expect(permit.reason == .leave(leave.id, .emergency) && permit.until == leave.until)
    #expect(!holder.decide(.viewBooking, on: .business, now: now + 60).isGranted)
    holder = Holder(id: holder.id, role: holder.role, endsAt: now, leaves: [leave])
    #expect(holder.decide(.viewBooking, on: .business, now: now) == .refused(.ended))
    #expect(holder.decide(.viewBooking, on: .business, now: now - 1).isGranted)
  }

  /// What a list is fetched through and what one booking is decided by are two ways of saying the same.
  @Test func `a list holds exactly what one by one would be granted, for 2,000 random roles`() throws {
    var random = SeededGenerator(5)
    let people = try ["a", "b", "c"].map { try #require(Slug($0)) }
    let places = try ["north", "south"].map { try #require(Slug($0)) }
    let now = Instant(seconds: 1_800_000_000)
    var granted = 0
    for _ in 0..<2_000 {
      let holder = RandomRole.holder(people[0], team: Set(people.prefix(2)), place: places[0], now, &random)
      for _ in 0..<10 {
        let start = now + Int.random(in: -200_000...200_000, using: &random)
        let target = Target(
          staff: people.randomElement(using: &random),
          locations: [try #require(places.randomElement(using: &random))],
          visit: Interval(start: start, end: start + .hours(1))
        )
        let level = try #require([Level.p0, .p1, .p2].randomElement(using: &random))
        let isGranted = holder.decide(.viewBooking, on: target, level: level, now: now).isGranted
        if isGranted { granted += 1 }
        #expect(holder.extent(.viewBooking, level: level, now: now).contains(target) == isGranted)
      }
    }
    #expect((2_000...18_000).contains(granted))
  }

  /// Somebody of a role who works in the north, in a team of two.
  private func person(_ role: Role) throws -> Holder {
    let id = try #require(Slug("tadas"))
    let definition = try #require(RoleDefinition.builtIn.first { $0.id == role })
    return Holder(id: id, role: definition, team: [id], places: [try #require(Slug("north"))])
  }

  private func targets(_ visit: Interval) throws -> [(String, Target)] {
    let (tadas, milda) = (try #require(Slug("tadas")), try #require(Slug("milda")))
    let (north, south) = (try #require(Slug("north")), try #require(Slug("south")))
    return [
      ("own", Target(staff: tadas, locations: [south], visit: visit)),
      ("here", Target(staff: milda, locations: [north], visit: visit)),
      ("elsewhere", Target(staff: milda, locations: [south], visit: visit)),
      ("business", .business),
    ]
  }

  private func reaches(_ scope: Scope?, _ target: String) -> Bool {
    switch scope {
    case .all: true
    case .own: target == "own"
    case .location: target == "here"
    case .team, nil: false
    }
  }
}
