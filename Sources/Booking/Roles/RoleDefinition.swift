package import Primitives

/// What somebody of a role may do, and how much of it. What no rule allows is refused.
package struct RoleDefinition: Hashable, Sendable, Codable {
  package var id: Role
  package var name: String
  package var rules: [RoleRule]
  package var limit: ReadingLimit

  package init(id: Role, name: String, rules: [RoleRule], limit: ReadingLimit = .usual) {
    self.id = id
    self.name = name
    self.rules = rules
    self.limit = limit
  }
}

/// One line of a role: verb, object by the verb, scope, level of fields and time.
package struct RoleRule: Hashable, Sendable, Codable {
  package var effect: Effect
  package var verb: Verb
  package var scope: Scope
  /// Of an allowing rule the highest level of fields shown, of a denying one the lowest that is not.
  package var level: Level
  /// Nil: at any time.
  package var window: VisitWindow?

  package init(
    _ verb: Verb,
    _ scope: Scope,
    level: Level = .p0,
    window: VisitWindow? = nil,
    effect: Effect = .allow
  ) {
    self.effect = effect
    self.verb = verb
    self.scope = scope
    self.level = level
    self.window = window
  }

  /// What makes a rule none.
  package enum Fault: Hashable, Sendable {
    case scope([Scope])
    case level
    case window
  }

  /// Nil for a rule that can be.
  package var fault: Fault? {
    if !verb.scopes.contains(scope) { return .scope(verb.scopes) }
    // P3 is sealed in the customer's browser; no role opens it.
    if level == .p3 || (level != .p0 && !verb.showsFields) { return .level }
    if window != nil, !verb.hasWindow || effect == .deny { return .window }
    return nil
  }

  package enum Effect: String, Hashable, Sendable, Codable, CaseIterable {
    case allow
    /// Wins over every rule that allows, over leave for a time and over an emergency.
    case deny
  }
}

/// Whose work a rule reaches.
package enum Scope: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case own
  /// Of those who have the same team in the business file.
  case team
  /// At the places of the person (``Business/places(of:)``).
  case location
  case all

  package static func < (one: Scope, other: Scope) -> Bool { one.rank < other.rank }
  private var rank: Int { Scope.allCases.firstIndex(of: self) ?? 0 }
}

/// How long before a visit begins and after it ends, in minutes.
package struct VisitWindow: Hashable, Sendable, Codable {
  package var before: Int
  package var after: Int

  package init(before: Int, after: Int) {
    self.before = before
    self.after = after
  }

  package func contains(_ now: Instant, of visit: Interval) -> Bool {
    now >= opening(of: visit) && now < closing(of: visit)
  }
  package func opening(of visit: Interval) -> Instant { visit.start - .minutes(before) }
  package func closing(of visit: Interval) -> Instant { visit.end + .minutes(after) }
}

/// The most customers whose data one person is shown; each counts once a day.
package struct ReadingLimit: Hashable, Sendable, Codable {
  package var perMinute: Int
  package var perDay: Int

  package init(perMinute: Int, perDay: Int) {
    self.perMinute = perMinute
    self.perDay = perDay
  }

  package static let usual = ReadingLimit(perMinute: 60, perDay: 200)
}
