package import Booking
package import Primitives

/// Leave to do one thing, given by ``Holder/decide(_:on:level:now:)`` alone.
package struct Permit: Hashable, Sendable {
  package let verb: Verb
  /// The highest level of fields that may be shown.
  package let level: Level
  package let reason: PermitReason
  /// When it ends by itself; nil while the role lasts.
  package let until: Instant?
}

/// Why something is allowed, for whoever asks who can see this.
package enum PermitReason: Hashable, Sendable {
  /// The role reaches it.
  case role(Role, Scope)
  /// Leave that somebody gave for a time, or an emergency.
  case leave(Identifier, Leave.Kind)
}

package enum PermitDecision: Hashable, Sendable {
  case granted(Permit)
  case refused(PermitRefusal)

  /// The permit, or the refusal that an act returns.
  ///
  /// Somebody else's booking looks like none at all, so that nobody learns what exists; what a role may never
  /// do is plainly refused, and so is one's own visit at another time.
  package func get() throws(Refusal) -> Permit {
    switch self {
    case .granted(let permit): return permit
    case .refused(.notTheirs), .refused(.denied): throw Refusal(.unknown)
    case .refused(.outsideWindow): throw Refusal(.outsideHours)
    case .refused(.notTheirRole): throw Refusal(.notAllowed)
    case .refused(.ended): throw Refusal(.roleEnded)
    }
  }

  package var isGranted: Bool {
    if case .granted = self { true } else { false }
  }
}

/// Why there is no permit.
package enum PermitRefusal: Hashable, Sendable {
  /// The role may do it with its own work, team or place only.
  case notTheirs
  /// It is theirs, at another time; from when on, or nil when the time is over.
  case outsideWindow(opening: Instant?)
  /// A rule of the role says no to it.
  case denied
  /// The role may never do it.
  case notTheirRole
  /// The person's engagement is over, or their role has lapsed.
  case ended
}
