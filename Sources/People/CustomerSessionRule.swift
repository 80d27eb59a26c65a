package import Primitives

/// How long a customer stays signed in, and how often they may ask for a link; decided on the server.
package enum CustomerSessionRule {
  /// Seconds for which a link to one's own bookings works.
  package static let linkLifetime: Int = .minutes(30)
  /// Links that are made for one address in ``linkPeriod`` seconds; those asked for beyond are not.
  package static let mostLinks = 3
  package static let linkPeriod: Int = .hours(1)
  /// Seconds from signing in to the end, whatever is done meanwhile.
  package static let longest: Int = .hours(1)
  /// Seconds without a request after which a session ends.
  package static let longestIdle: Int = .minutes(30)

  /// Whether a session is still good at `now`.
  package static func isAlive(signedIn: Instant, lastSeen: Instant, now: Instant) -> Bool {
    now < min(signedIn + longest, lastSeen + longestIdle)
  }
}
