import Audit
package import Booking
import People
import Primitives
import Storage

/// A role as somebody describes it.
package struct RoleDraft: Sendable {
  package var name: String?
  package var rules: [RoleRule]
  package var perMinute: Int?
  package var perDay: Int?

  package init(name: String?, rules: [RoleRule], perMinute: Int?, perDay: Int?) {
    self.name = name
    self.rules = rules
    self.perMinute = perMinute
    self.perDay = perDay
  }
}

extension Desk {
  /// Makes a role, or gives one of the business's own another definition; it counts at once, and on other servers within a
  /// second.
  ///
  /// - Parameters:
  ///   - id: nil for a new one, whose id is made from its name.
  ///   - version: of the business that was shown; nil when that does not matter.
  /// - Throws: `.unknown`; `.notAllowed` for a built-in role; `.stale`; `.invalid` at `name`, `rules`, `limit/per_minute` and
  ///   `limit/per_day`.
  package func saveRole(_ draft: RoleDraft, as id: Role?, version: Int?, by person: StaffPerson)
    async throws -> (role: Role, outcome: RoleOutcome)
  {
    let saved = try await act(.roleSaved, by: person.actor, for: .administration) {
      [self] changes, detail in
      try permit(.manageRoles, person, on: .business)
      if let id, Role.builtIn.contains(id) { throw Refusal(.notAllowed) }
      let stored = try holdBusiness(version, changes)
      if let id, !stored.business.roles.contains(where: { $0.id == id }) { throw Refusal(.unknown) }
      let definition = try draft.definition(id, in: stored.business)
      let outcome = try settle(.save(definition), on: stored, by: person, changes, &detail)
      return (role: definition.id, outcome: outcome)
    }
    sessions.forgetAll()
    try await refreshBusiness()
    return saved
  }

  /// Takes a role away that nobody has.
  ///
  /// - Throws: `.unknown`; `.notAllowed` for a built-in role; `.stale`; `.roleInUse`.
  package func removeRole(_ id: Role, version: Int?, by person: StaffPerson) async throws {
    try await act(.roleRemoved, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.manageRoles, person, on: .business)
      if Role.builtIn.contains(id) { throw Refusal(.notAllowed) }
      let stored = try holdBusiness(version, changes)
      var business = stored.business
      guard let index = business.roles.firstIndex(where: { $0.id == id }) else { throw Refusal(.unknown) }
      detail.records.append("role/\(id.rawValue)")
      if business.staff.contains(where: { $0.role == id }) { throw Refusal(.roleInUse) }
      business.roles.remove(at: index)
      try changes.replace(business, version: stored.version + 1)
    }
    sessions.forgetAll()
    try await refreshBusiness()
  }

  /// The roles there are, with who has each; recorded only when refused.
  package func listRoles(by person: StaffPerson) async throws -> [(
    role: RoleDefinition, holders: [StaffMember]
  )] {
    _ = try await requireReach(.manageRoles, by: person, .rolesOpened, for: .administration)
    let business = try await timetable().business
    return business.allRoles.map { role in
      (role, business.staff.filter { $0.role == role.id })
    }
  }
}

extension RoleDraft {
  /// Words that pages use in the place of an id.
  private static let reserved = ["new"]

  /// Words by which customers are told of the server itself.
  private static func isServers(_ name: String) -> Bool {
    ["our server", "the server", "whoever runs our server", "the server’s command line", "you"]
      .contains(name.lowercased())
  }

  /// Whether one word of it has letters of several alphabets that look alike, so that it reads as another role's name.
  private static func mixesScripts(_ name: String) -> Bool {
    name.split(whereSeparator: \.isWhitespace).contains { word in
      let alphabets: [ClosedRange<UInt32>] = [0x41...0x24F, 0x370...0x3FF, 0x400...0x52F]
      return alphabets.filter { letters in
        word.unicodeScalars.contains { $0.properties.isAlphabetic && letters.contains($0.value) }
      }.count > 1
    }
  }

  fileprivate func definition(_ id: Role?, in business: Business) throws(Refusal) -> RoleDefinition {
    var check = FieldCheck()
    let name = check.line(name, at: "name", atMost: 60, required: true)
    let others = business.allRoles.filter { $0.id != id }
    if let name, others.contains(where: { $0.name.lowercased() == name.lowercased() }) {
      check.add("name", .nameTaken)
    }
    if let name, RoleDraft.isServers(name) || RoleDraft.mixesScripts(name) { check.add("name", .nameTaken) }
    if rules.contains(where: { $0.fault != nil }) { check.add("rules", .faultyRule) }
    let minute = check.whole(perMinute, 1...10_000, at: "limit/per_minute")
    let day = check.whole(perDay, 1...100_000, at: "limit/per_day")
    try check.finish()
    guard let name, let minute, let day else { throw Refusal(.invalid) }
    let taken = Set((others.map(\.id.rawValue) + RoleDraft.reserved).compactMap { Slug($0) })
    guard let spelt = Slug(spelling: name) ?? Slug("role") else { throw Refusal(.invalid) }
    return RoleDefinition(
      id: id ?? Role(spelt.distinct(from: taken)),
      name: name,
      rules: rules,
      limit: ReadingLimit(perMinute: minute, perDay: day)
    )
  }
}

extension FieldCheck {
  fileprivate mutating func whole(_ number: Int?, _ range: ClosedRange<Int>, at path: String) -> Int? {
    if let number, range.contains(number) { return number }
    add(path, number == nil ? .missing : .notANumber)
    return nil
  }
}
