package import Primitives

/// Failed sign-ins in a row that one counter has seen.
package struct SignInFailures: Hashable, Sendable {
  package var count: Int
  /// When the newest was; without meaning when the count is zero.
  package var last: Instant

  package init(count: Int, last: Instant) {
    self.count = count
    self.last = last
  }

  package static let none = SignInFailures(count: 0, last: Instant(seconds: 0))
}

/// When the next try at signing in is heard: longer and longer delays, never a lock without end.
///
/// Three counters: the account from one network, the account from anywhere, one network at any account. The
/// store asks, and counts the try as failed, in one transaction *before* the password is looked at, so that
/// tries made side by side cannot pass together; success then clears the first two.
package enum SignInThrottle {
  /// A counter is forgotten when nothing failed for so long, in seconds.
  package static let memory: Int = .hours(24)

  /// Tries without delay, then 1, 2, 4… seconds up to `longest`.
  private struct Ladder {
    let free: Int
    let longest: Int
  }

  private static let pairLadder = Ladder(free: 3, longest: .hours(1))
  private static let accountLadder = Ladder(free: 20, longest: .minutes(1))
  private static let networkLadder = Ladder(free: 20, longest: .minutes(15))

  /// The moment from which a try is heard; at or before `now` means at once.
  ///
  /// `isKnownNetwork` says that this account has signed in from this network before. It is then spared the
  /// delay that strangers elsewhere caused, so that nobody can be kept out by others' failures.
  package static func opens(
    pair: SignInFailures,
    account: SignInFailures,
    network: SignInFailures,
    isKnownNetwork: Bool,
    now: Instant
  ) -> Instant {
    var opens = max(end(pair, pairLadder, now), end(network, networkLadder, now))
    if !isKnownNetwork { opens = max(opens, end(account, accountLadder, now)) }
    return opens
  }

  /// The counter with one more failure.
  package static func counting(_ failures: SignInFailures, at now: Instant) -> SignInFailures {
    SignInFailures(count: isForgotten(failures, now) ? 1 : failures.count + 1, last: now)
  }

  private static func end(_ failures: SignInFailures, _ ladder: Ladder, _ now: Instant) -> Instant {
    let over = failures.count - ladder.free
    guard over >= 0, failures.count > 0, !isForgotten(failures, now) else { return now }
    // A clock that went back must not lengthen the delay.
    return min(failures.last, now) + min(ladder.longest, 1 << min(over, 20))
  }

  private static func isForgotten(_ failures: SignInFailures, _ now: Instant) -> Bool {
    now - failures.last > memory
  }
}
