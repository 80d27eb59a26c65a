import Booking
import Primitives
import TestKit
import Testing

@testable import Desk

extension SpareHands {
  /// Spare Hands with an auditor and a bookkeeper.
  static func withAuditor() throws -> Business {
    var business = try business()
    business.staff.append(try person("audra", .auditor))
    business.staff.append(try person("boris", .bookkeeper))
    return business
  }

  /// Somebody who serves nobody.
  static func person(_ id: String, _ role: Role) throws -> StaffMember {
    StaffMember(
      id: try slug(id),
      name: id.prefix(1).uppercased() + id.dropFirst(),
      role: role,
      services: [],
      hours: [],
      overrides: [],
      limits: .none
    )
  }

  /// Two places, three teams, and so many people of random roles, each of whom repairs.
  static func crowd(_ size: Int, _ random: inout SeededGenerator) throws -> Business {
    var business = try business()
    let places = try ["main", "harbour"].map(slug)
    business.locations.append(
      Location(
        id: places[1],
        name: "Harbour",
        address: nil,
        zone: "Europe/Vilnius",
        holidays: []
      )
    )
    let teams = try ["red", "green", "blue"].map(slug)
    let template = try #require(business.staff.first { !$0.services.isEmpty })
    for number in 0..<size {
      let role = RoleDefinition(
        id: Role(try slug("role-\(number)")),
        name: "Role \(number)",
        rules: rules(&random)
      )
      business.roles.append(role)
      let place = try #require(places.randomElement(using: &random))
      var hours = template.hours
      for index in hours.indices { hours[index].location = place }
      business.staff.append(
        StaffMember(
          id: try slug("person-\(number)"),
          name: "Person \(number)",
          role: role.id,
          services: [try slug("repair")],
          hours: hours,
          overrides: [],
          limits: .none,
          locations: Bool.random(using: &random) ? [place] : places,
          team: teams.randomElement(using: &random),
          engagement: Int.random(in: 0..<10, using: &random) == 0
            ? Engagement(lastDay: try day("2026-11-24"), purpose: "Help out") : nil
        )
      )
    }
    return business
  }

  private static func rules(_ random: inout SeededGenerator) -> [RoleRule] {
    let verbs: [Verb] = [.viewDay, .viewBooking, .viewBooking, .revealContact, .searchCustomers]
    let count = Int.random(in: 1...6, using: &random)
    let drawn = (0..<count).map { _ in
      let verb = verbs.randomElement(using: &random) ?? .viewDay
      let isDeny = Int.random(in: 0..<5, using: &random) == 0
      return RoleRule(
        verb,
        verb.scopes.randomElement(using: &random) ?? .all,
        level: verb.showsFields ? [Level.p0, .p1, .p2].randomElement(using: &random) ?? .p0 : .p0,
        window: verb.hasWindow && !isDeny && Bool.random(using: &random)
          ? VisitWindow(
            before: Int.random(in: 0...3_000, using: &random),
            after: Int.random(in: 0...3_000, using: &random)
          ) : nil,
        effect: isDeny ? .deny : .allow
      )
    }
    // Most can look at days at all, or there is little to compare.
    let most: [RoleRule] =
      Int.random(in: 0..<4, using: &random) == 0
      ? [] : [RoleRule(.viewDay, Scope.allCases.randomElement(using: &random) ?? .all)]
    return drawn + most
  }
}
