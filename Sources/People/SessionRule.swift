package import Booking
package import Primitives

/// What a session lets its person do now.
package enum SessionState: Hashable, Sendable {
  case open
  /// Nothing but proving who they are, or signing out.
  case locked
  case ended
}

/// How long somebody stays signed in; decided on the server, never by the cookie's age.
///
/// - SeeAlso: NIST SP 800-63B-4 §2.2.3: at most 24 hours in all, one hour idle.
package enum SessionRule {
  /// Seconds from signing in to the end, whatever is done meanwhile.
  package static let longest: Int = .hours(12)

  /// Seconds without a request after which a session is locked until its person proves who they are: an hour for
  /// roles that reach their own visits only, half an hour for all others.
  package static func longestIdle(_ role: RoleDefinition) -> Int {
    let reachesFurther = role.rules.contains { rule in
      rule.effect == .allow && rule.scope != .own
    }
    return reachesFurther ? .minutes(30) : .hours(1)
  }

  /// A clock that went back neither locks nor ends anything.
  package static func state(
    role: RoleDefinition,
    signedIn: Instant,
    lastSeen: Instant,
    isLocked: Bool,
    now: Instant
  ) -> SessionState {
    guard now < signedIn + longest else { return .ended }
    return isLocked || now >= lastSeen + longestIdle(role) ? .locked : .open
  }

  /// Whether `lastSeen` is old enough to be written again; once a minute spares a write with each request.
  package static func isWorthTouching(lastSeen: Instant, now: Instant) -> Bool {
    now - lastSeen >= .minutes(1)
  }
}
