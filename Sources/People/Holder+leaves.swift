package import Booking
package import Primitives

extension Holder {
  /// Leave that is open now, the one that ends first in front.
  package func openLeaves(now: Instant) -> [Leave] {
    leaves.filter { now < $0.until }.sorted { ($0.until, $0.id) < ($1.until, $1.id) }
  }

  /// The same person as their role alone lets them.
  package var withoutLeave: Holder {
    Holder(id: id, role: role, team: team, places: places, endsAt: endsAt)
  }

  /// The leaves without which this would not be: those that open it, where the role alone does not. For the record of what
  /// was done by virtue of them.
  package func leaves(
    behind verb: Verb,
    on target: Target,
    level: Level = .p0,
    now: Instant
  ) -> [Identifier] {
    guard decide(verb, on: target, level: level, now: now).isGranted,
      !withoutLeave.decide(verb, on: target, level: level, now: now).isGranted
    else { return [] }
    return openLeaves(now: now).filter { $0.verbs.contains(verb) && $0.level >= level }.map(\.id)
  }

  /// The same for a whole list.
  package func leaves(widening verb: Verb, now: Instant) -> [Identifier] {
    guard extent(verb, now: now) != withoutLeave.extent(verb, now: now) else { return [] }
    return openLeaves(now: now).filter { $0.verbs.contains(verb) }.map(\.id)
  }
}
