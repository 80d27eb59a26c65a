import Booking
import Primitives
import Yams

extension Entry {
  /// The roles that a business makes itself.
  func roles() -> [RoleDefinition]? {
    guard let items = list() else { return nil }
    var ids = UniqueIDs()
    return items.compactMap { item in
      guard let block = Block(item, keys: ["id", "name", "limit", "rules"], noun: "a role") else {
        return nil
      }
      let id = ids.take(block)
      if let id, Role.builtIn.contains(Role(id)) {
        item.refuse("\(quoted(id.text)) is a built-in role, which cannot be changed; choose another id")
      }
      let name = block.required("name")?.text(most: 60) ?? ""
      let limit = block["limit"]?.readingLimit() ?? .usual
      let rules = block.required("rules")?.list()?.flatMap { $0.roleRules() } ?? []
      return id.map { RoleDefinition(id: Role($0), name: name, rules: rules, limit: limit) }
    }
  }

  private func readingLimit() -> ReadingLimit? {
    guard let block = Block(self, keys: ["per-minute", "per-day"], noun: "a limit") else { return nil }
    guard let minute = block.required("per-minute")?.whole(1...10_000),
      let day = block.required("per-day")?.whole(1...100_000)
    else { return nil }
    return ReadingLimit(perMinute: minute, perDay: day)
  }

  /// One line of a role: a rule for each verb it names.
  private func roleRules() -> [RoleRule] {
    let keys = ["allow", "deny", "scope", "level", "before", "after"]
    guard let block = Block(self, keys: keys, noun: "a rule") else { return [] }
    guard (block["allow"] == nil) != (block["deny"] == nil), let named = block["allow"] ?? block["deny"]
    else {
      refuse("a rule says either allow or deny, and what")
      return []
    }
    guard let scope = block.required("scope")?.choice(of: Scope.allCases) else { return [] }
    let level = block["level"]?.choice(of: Level.allCases) ?? .p0
    let window = visitWindow(block)
    return named.verbs().compactMap { verb in
      let effect = block["allow"] == nil ? RoleRule.Effect.deny : .allow
      let rule = RoleRule(verb, scope, level: level, window: window, effect: effect)
      guard let fault = rule.fault else { return rule }
      refuse("\(verb.rawValue): \(fault.reason)")
      return nil
    }
  }

  private func visitWindow(_ block: Block) -> VisitWindow? {
    guard block["before"] != nil || block["after"] != nil else { return nil }
    guard let before = block.required("before")?.duration(0...Entry.year),
      let after = block.required("after")?.duration(0...Entry.year)
    else { return nil }
    return VisitWindow(before: before, after: after)
  }

  /// One verb, or a list of them.
  private func verbs() -> [Verb] {
    if case .sequence = node { return list()?.compactMap { $0.choice(of: Verb.allCases) } ?? [] }
    return choice(of: Verb.allCases).map { [$0] } ?? []
  }
}

extension RoleRule.Fault {
  fileprivate var reason: String {
    switch self {
    case .scope(let allowed):
      "its scope is one of \(allowed.map(\.rawValue).joined(separator: ", "))"
    case .level: "only view-booking has a level, P0 to P2, and a denying one P1 or more"
    case .window: "only what shows something of a visit has before and after"
    }
  }
}
