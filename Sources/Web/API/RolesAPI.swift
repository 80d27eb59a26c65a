import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// Roles by program, with the cookie of a session, in the shape of the business file. Who asks is the session's person;
/// nothing in a body says so.
enum RolesAPI {
  /// `GET /api/v1/{business}/roles`
  @Sendable static func list(_ visit: Visit) async throws -> Response {
    let (desk, person) = try await asker(visit)
    let roles = try await desk.listRoles(by: person)
    let version = try await desk.businessVersion()
    return Response.json(personal: true) { json in
      json.field("version", version)
      json.array("roles", roles) { json, role in json.object { add(role.role, to: &$0) } }
    }
  }

  /// `GET /api/v1/{business}/roles/{id}`
  @Sendable static func show(_ visit: Visit) async throws -> Response {
    let (desk, person) = try await asker(visit)
    let id = try role(visit)
    guard let found = try await desk.listRoles(by: person).first(where: { $0.role.id == id }) else {
      throw Refusal(.unknown)
    }
    let version = try await desk.businessVersion()
    return Response.json(personal: true) { json in
      json.field("version", version)
      add(found.role, to: &json)
    }
  }

  /// `POST /api/v1/{business}/roles` → 201, or 202 where a second person must agree.
  @Sendable static func make(_ visit: Visit) async throws -> Response {
    let (desk, person) = try await asker(visit)
    var body = try await jsonBody(visit)
    let draft = RoleDraft(&body)
    try body.finish()
    let saved = try await desk.saveRole(draft, as: nil, version: nil, by: person)
    return try await answer(saved.role, saved.outcome, .created, desk)
  }

  /// `PUT /api/v1/{business}/roles/{id}` → 200, or 202 where a second person must agree.
  @Sendable static func save(_ visit: Visit) async throws -> Response {
    let (desk, person) = try await asker(visit)
    var body = try await jsonBody(visit)
    let version = body.integer("version", required: true)
    let draft = RoleDraft(&body)
    try body.finish()
    let saved = try await desk.saveRole(draft, as: try role(visit), version: version, by: person)
    return try await answer(saved.role, saved.outcome, .ok, desk)
  }

  /// `DELETE /api/v1/{business}/roles/{id}?version=` → 204
  @Sendable static func remove(_ visit: Visit) async throws -> Response {
    let (desk, person) = try await asker(visit)
    guard let text = visit.query.filled("version") else { throw Refusal.invalid("version", .missing) }
    guard let version = Int(text) else { throw Refusal.invalid("version", .notANumber) }
    try await desk.removeRole(try role(visit), version: version, by: person)
    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
  }

  /// `PUT /api/v1/{business}/people/{id}/role` → 200, or 202 where a second person must agree.
  @Sendable static func give(_ visit: Visit) async throws -> Response {
    let (desk, person) = try await asker(visit)
    var body = try await jsonBody(visit)
    let version = body.integer("version", required: true)
    let role = body.slug("role", required: true)
    let locations = body.texts("locations")
    let team = body.slug("team")
    var engagement: Engagement?
    body.nested("engagement", required: false) { inner in
      let text = inner.text("last_day", required: true)
      let purpose = inner.text("purpose", required: true)
      let day = text.flatMap { CivilDay($0) }
      if text != nil, day == nil { inner.add("last_day", .notADay) }
      engagement = day.flatMap { day in purpose.map { Engagement(lastDay: day, purpose: $0) } }
    }
    let places = locations.compactMap { Slug($0) }
    if places.count != locations.count { body.add("locations", .notAChoice) }
    try body.finish()
    guard let role, let id = Slug(visit.parameter("id") ?? "") else { throw Refusal(.unknown) }
    let grant = RoleGrant(
      person: id,
      role: Role(role),
      locations: places,
      team: team,
      engagement: engagement
    )
    switch try await desk.giveRole(grant, version: version, by: person) {
    case .asked(let approval): return try await asked(approval, desk)
    case .done:
      let version = try await desk.businessVersion()
      return Response.json(personal: true) { json in
        json.field("version", version)
        json.field("person", id.text)
        json.field("role", grant.role.rawValue)
      }
    }
  }

  private static func asker(_ visit: Visit) async throws -> (Desk, StaffPerson) {
    let desk = try await visit.desk()
    return (desk, try await visit.person(desk))
  }

  private static func role(_ visit: Visit) throws -> Role {
    guard let role = Role(rawValue: visit.parameter("id") ?? "") else { throw Refusal(.unknown) }
    return role
  }

  private static func jsonBody(_ visit: Visit) async throws -> JSONBody {
    guard JSONBody.isNamed(by: visit.request.headers[.contentType]) else {
      throw Refusal(.notAllowed)
    }
    return try JSONBody(try await visit.body(upTo: API.longestBody))
  }

  private static func answer(
    _ role: Role,
    _ outcome: RoleOutcome,
    _ status: HTTPResponse.Status,
    _ desk: Desk
  ) async throws -> Response {
    if case .asked(let approval) = outcome { return try await asked(approval, desk) }
    let business = try await desk.timetable().business
    guard let definition = business.definition(of: role) else { throw Refusal(.unknown) }
    let version = try await desk.businessVersion()
    return Response.json(status, personal: true) { json in
      json.field("version", version)
      add(definition, to: &json)
    }
  }

  /// 202: nothing is changed yet.
  private static func asked(_ approval: Approval, _ desk: Desk) async throws -> Response {
    guard let zone = try await desk.timetable().firstZone else { throw Refusal(.unknown) }
    return Response.json(.accepted, personal: true) { json in
      json.object("approval") { json in
        json.field("id", approval.id.description)
        json.field("opens_at", zone.rfc3339(approval.opensAt))
        json.field("expires_at", zone.rfc3339(approval.expiresAt))
      }
    }
  }

  private static func add(_ role: RoleDefinition, to json: inout JSONText) {
    json.field("id", role.id.rawValue)
    json.field("name", role.name)
    json.field("built_in", Role.builtIn.contains(role.id))
    json.object("limit") { json in
      json.field("per_minute", role.limit.perMinute)
      json.field("per_day", role.limit.perDay)
    }
    json.array("rules", role.rules) { json, rule in
      json.object { json in
        json.array(rule.effect == .allow ? "allow" : "deny", [rule.verb.rawValue]) { $0.item($1) }
        json.field("scope", rule.scope.rawValue)
        json.field("level", rule.level.rawValue)
        if let window = rule.window {
          json.field("before", window.before)
          json.field("after", window.after)
        }
      }
    }
  }
}

extension RoleDraft {
  /// `name`, `limit` and `rules` of a body.
  fileprivate init(_ body: inout JSONBody) {
    let name = body.text("name", required: true)
    var (minute, day): (Int?, Int?) = (ReadingLimit.usual.perMinute, ReadingLimit.usual.perDay)
    body.nested("limit", required: false) { limit in
      minute = limit.integer("per_minute", required: true)
      day = limit.integer("per_day", required: true)
    }
    var rules: [RoleRule] = []
    body.objects("rules", required: true) { rules += RoleDraft.rules(&$0) }
    self.init(name: name, rules: rules, perMinute: minute, perDay: day)
  }

  /// A rule for each verb that one line names; what is no verb, scope or level is refused.
  private static func rules(_ body: inout JSONBody) -> [RoleRule] {
    let allowed = body.texts("allow")
    let denied = body.texts("deny")
    if allowed.isEmpty == denied.isEmpty { body.add("allow", allowed.isEmpty ? .missing : .unknownField) }
    let scope = body.choice("scope", of: Scope.self, required: true)
    let level = body.choice("level", of: Level.self, required: false) ?? .p0
    let before = body.integer("before")
    let after = body.integer("after")
    if (before == nil) != (after == nil) { body.add(before == nil ? "before" : "after", .missing) }
    let year = 0...527_040
    for (name, minutes) in [("before", before), ("after", after)] {
      if let minutes, !year.contains(minutes) { body.add(name, .notANumber) }
    }
    let window = before.flatMap { before in after.map { VisitWindow(before: before, after: $0) } }
    let effect = allowed.isEmpty ? RoleRule.Effect.deny : .allow
    return (allowed.isEmpty ? denied : allowed).compactMap { word in
      guard let verb = Verb(rawValue: word) else {
        body.add(effect == .allow ? "allow" : "deny", .notAChoice)
        return nil
      }
      guard let scope else { return nil }
      let rule = RoleRule(verb, scope, level: level, window: window, effect: effect)
      if rule.fault != nil { body.add(effect == .allow ? "allow" : "deny", .faultyRule) }
      return rule
    }
  }
}
