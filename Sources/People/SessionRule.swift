package import Booking
package import Primitives

/// How long somebody stays signed in; decided on the server, never by the cookie's age.
///
/// - SeeAlso: NIST SP 800-63B-4 §2.2.3: at most 24 hours in all, one hour idle.
package enum SessionRule {
  /// Seconds from signing in to the end, whatever is done meanwhile.
  package static let longest: Int = .hours(12)

  /// Seconds without a request after which a session ends.
  package static func longestIdle(_ role: Role) -> Int {
    switch role {
    case .owner, .administrator: .minutes(30)
    case .technician: .hours(1)
    }
  }

  /// Whether a session is still good at `now`.
  ///
  /// A clock that went back ends nothing.
  package static func isAlive(role: Role, signedIn: Instant, lastSeen: Instant, now: Instant) -> Bool {
    now < end(role: role, signedIn: signedIn, lastSeen: lastSeen)
  }

  /// When it ends if nothing more is done.
  package static func end(role: Role, signedIn: Instant, lastSeen: Instant) -> Instant {
    min(signedIn + longest, lastSeen + longestIdle(role))
  }

  /// Whether `lastSeen` is old enough to be written again; once a minute spares a write with each request.
  package static func isWorthTouching(lastSeen: Instant, now: Instant) -> Bool {
    now - lastSeen >= .minutes(1)
  }
}
