import Booking
import Desk
import People
import Primitives

/// What would be done, in words that leave nothing of it out.
struct ApprovalWords {
  let heading: String
  let effects: [String]
  /// The role as it would be.
  let role: RoleDefinition?

  /// - Parameter asker: the name of who asks.
  init(_ effect: ApprovalEffect, by asker: String, _ business: Business) {
    switch effect {
    case .customerExport(let export):
      role = nil
      heading = "A file with all customers, for \(asker)"
      effects = [
        BulkWords.content(export) + ".",
        "What for: " + BulkWords.purpose(export.purpose).lowercased() + ".",
        "\(asker) can take it for one hour after your yes. The file is not sealed: whoever has it can read it.",
      ]
    case .customerErasure(let erasure):
      role = nil
      heading = "The details of \(PageWords.count(erasure.count, "booking")) are erased for good"
      effects = [BulkWords.kept(erasure), BulkWords.whatRemains, "Nobody can undo it."]
    case .roleRaise(let raise):
      let after = raise.change.applied(to: business)
      switch raise.change {
      case .give(let grant):
        role = raise.definition
        let name = business.staffMember(grant.person)?.name ?? grant.person.text
        heading = "\(name) becomes \(StaffWords.role(grant.role, of: business))"
        effects =
          ApprovalWords.facts(name, raise.before, grant, business) + ApprovalWords.gains(raise, after)
      case .save(let definition):
        role = definition
        let isNew = raise.definition == nil
        heading = "The role “\(definition.name)” \(isNew ? "is new" : "may do something else")"
        effects = ApprovalWords.rules(raise.definition, definition) + ApprovalWords.gains(raise, after)
      }
    }
  }

  private static func facts(_ name: String, _ before: RoleGrant?, _ grant: RoleGrant, _ business: Business)
    -> [String]
  {
    var facts: [String] = []
    if let before, before.role != grant.role {
      facts.append("Until now \(name) is \(StaffWords.role(before.role, of: business)).")
    }
    if before?.locations != grant.locations {
      let places = grant.locations.map { business.location($0)?.name ?? $0.text }
      facts.append(
        "Places: " + (places.isEmpty ? "where \(name) works" : places.joined(separator: ", ")) + "."
      )
    }
    if before?.team != grant.team { facts.append("Team: \(grant.team?.text ?? "none").") }
    if before?.engagement != grant.engagement {
      facts.append(
        grant.engagement.map { "Last day: \(PageWords.longDay($0.lastDay)), for: \($0.purpose)." }
          ?? "No last day."
      )
    }
    return facts
  }

  private static func gains(_ raise: RoleRaise, _ after: Business) -> [String] {
    raise.gains.map { gain in
      let name = after.staffMember(gain.person)?.name ?? gain.person.text
      var parts: [String] = []
      if !gain.verbs.isEmpty {
        parts.append(
          "may then, or more of it or longer than now: "
            + gain.verbs.map(RoleWords.inSentence).joined(separator: ", ")
        )
      }
      if let limit = gain.limit {
        parts.append("is shown at most \(limit.perMinute) customers in a minute and \(limit.perDay) in a day")
      }
      return name + " " + parts.joined(separator: "; and ") + "."
    }
  }

  /// What the role gains and loses.
  private static func rules(_ before: RoleDefinition?, _ after: RoleDefinition) -> [String] {
    guard let before else { return [] }
    var lines: [String] = []
    if before.name != after.name { lines.append("It was called “\(before.name)”.") }
    lines += after.rules.filter { !before.rules.contains($0) }.map { "New: " + RoleWords.line($0) + "." }
    lines += before.rules.filter { !after.rules.contains($0) }.map {
      "No longer: " + RoleWords.line($0) + "."
    }
    if before.limit != after.limit {
      lines.append(
        "Customers at most: \(after.limit.perMinute) in a minute and \(after.limit.perDay) in a day."
      )
    }
    return lines
  }
}
