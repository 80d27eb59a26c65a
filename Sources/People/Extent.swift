package import Booking
package import Primitives

/// How far somebody's leave to do one thing reaches over all bookings, so that a list fetches what may be seen and nothing
/// else.
package struct Extent: Hashable, Sendable {
  /// One stretch of it; what is nil does not narrow.
  package struct Part: Hashable, Sendable {
    package var staff: Set<Slug>?
    package var locations: Set<Slug>?
    /// Visits that start by then.
    package var startsBy: Instant?
    /// Visits that end after.
    package var endsAfter: Instant?

    package func contains(_ target: Target) -> Bool {
      if let locations, target.locations.isEmpty || !target.locations.isSubset(of: locations) { return false }
      return touches(target)
    }

    /// The same where one of its places is enough, and where none are known everything is within: as a denial reaches.
    package func touches(_ target: Target) -> Bool {
      if let staff, !(target.staff.map(staff.contains) ?? false) { return false }
      if let locations, !locations.isEmpty, target.locations.isDisjoint(with: locations) { return false }
      guard let visit = target.visit else { return true }
      if let startsBy, visit.start > startsBy { return false }
      if let endsAfter, visit.end <= endsAfter { return false }
      return true
    }
  }

  /// A booking is within when it is in one of these…
  package let allowed: [Part]
  /// …and in none of these.
  package let denied: [Part]

  package static let everything = Extent(allowed: [Part()], denied: [])

  package var isEmpty: Bool { allowed.isEmpty }
  /// Whether it leaves nothing out.
  package var isEverything: Bool { denied.isEmpty && allowed.contains(Part()) }

  package func contains(_ target: Target) -> Bool {
    allowed.contains { $0.contains(target) } && !denied.contains { $0.touches(target) }
  }

  /// Whether it holds nobody's work but this person's.
  package func isOwn(of person: Slug) -> Bool { allowed.allSatisfy { $0.staff == [person] } }

  /// The place to which it is bound, when it is one.
  package var onlyPlace: Slug? {
    let places = allowed.compactMap(\.locations)
    guard places.count == allowed.count, let first = places.first, first.count == 1,
      places.allSatisfy({ $0 == first })
    else { return nil }
    return first.first
  }

  /// Whether it reaches what somebody does at the places where they work now; what they did at others is only in
  /// ``mayHold(_:)``.
  package func mayHold(_ person: Slug, at places: Set<Slug>) -> Bool {
    mayHold(person)
      && allowed.contains { part in
        (part.staff?.contains(person) ?? true) && !(part.locations?.isDisjoint(with: places) ?? false)
      }
  }

  /// Whether there may be anything of this person in it, whatever the place and the time.
  package func mayHold(_ person: Slug) -> Bool {
    allowed.contains { $0.staff?.contains(person) ?? true }
      && !denied.contains {
        ($0.locations?.isEmpty ?? true) && $0.startsBy == nil && ($0.staff?.contains(person) ?? true)
      }
  }
}

extension Holder {
  /// Everything of bookings that ``decide(_:on:level:now:)`` would grant now; the two always agree.
  package func extent(_ verb: Verb, level asked: Level = .p0, now: Instant) -> Extent {
    if isOver(now: now), verb != .changeOwnAccess { return Extent(allowed: [], denied: []) }
    let rules = rules.filter { $0.verb == verb }
    var allowed = rules.filter { $0.effect == .allow && $0.level >= asked }.map { part($0, now) }
    if leaves.contains(where: { $0.verbs.contains(verb) && now < $0.until && $0.level >= asked }) {
      allowed.append(Extent.Part())
    }
    let denied = rules.filter { $0.effect == .deny && $0.level <= asked }.map { part($0, now) }
    return Extent(allowed: allowed.contains(Extent.Part()) ? [Extent.Part()] : allowed, denied: denied)
  }

  private func part(_ rule: RoleRule, _ now: Instant) -> Extent.Part {
    var part = Extent.Part()
    switch rule.scope {
    case .own: part.staff = [id]
    case .team: part.staff = team.union([id])
    case .location: part.locations = places
    case .all: break
    }
    if let window = rule.window {
      part.startsBy = now + .minutes(window.before)
      part.endsAfter = now - .minutes(window.after)
    }
    return part
  }
}
