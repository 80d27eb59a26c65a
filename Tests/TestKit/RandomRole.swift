import Booking
package import People
package import Primitives

/// Roles of any shape, for tests that compare two ways of saying what somebody may see.
package enum RandomRole {
  /// Somebody of a random role about bookings.
  package static func holder(
    _ id: Slug,
    team: Set<Slug>,
    place: Slug,
    _ now: Instant,
    _ random: inout SeededGenerator
  ) -> Holder {
    let rules = (0..<Int.random(in: 0...4, using: &random)).map { _ in rule(&random) }
    var leaves: [Leave] = []
    if Int.random(in: 0..<8, using: &random) == 0 {
      let until = now + Int.random(in: -1...1, using: &random)
      leaves.append(
        Leave(id: Identifier(at: now), kind: .given, verbs: [.viewBooking], level: .p1, until: until)
      )
    }
    let endsAt = Int.random(in: 0..<20, using: &random) == 0 ? now : nil
    let role = RoleDefinition(id: .technician, name: "Random", rules: rules)
    let places: Set<Slug> = Int.random(in: 0..<5, using: &random) == 0 ? [] : [place]
    return Holder(id: id, role: role, team: team, places: places, endsAt: endsAt, leaves: leaves)
  }

  private static func rule(_ random: inout SeededGenerator) -> RoleRule {
    let isDeny = Int.random(in: 0..<4, using: &random) == 0
    let hasWindow = !isDeny && Bool.random(using: &random)
    return RoleRule(
      .viewBooking,
      Scope.allCases.randomElement(using: &random) ?? .own,
      level: [Level.p0, .p1, .p2].randomElement(using: &random) ?? .p0,
      window: hasWindow
        ? VisitWindow(
          before: Int.random(in: 0...3_000, using: &random),
          after: Int.random(in: 0...3_000, using: &random)
        ) : nil,
      effect: isDeny ? .deny : .allow
    )
  }
}
