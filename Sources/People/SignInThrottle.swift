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

/// What the counters say before a try is heard.
package struct SignInCounts: Hashable, Sendable {
  /// This account from this network, or from this device when the account knows it.
  package var pair: SignInFailures
  /// This account from anywhere but devices it knows, within ``SignInThrottle/memory``.
  package var account: SignInFailures
  /// This network at any account, within ``SignInThrottle/memory``.
  package var network: SignInFailures
  /// This account's failures in a row from anywhere, however long ago.
  package var inARow: Int
  /// When the whole house's allowance will be full again.
  package var house: Instant

  package init(
    pair: SignInFailures = .none,
    account: SignInFailures = .none,
    network: SignInFailures = .none,
    inARow: Int = 0,
    house: Instant = Instant(seconds: 0)
  ) {
    self.pair = pair
    self.account = account
    self.network = network
    self.inARow = inARow
    self.house = house
  }
}

/// When the next try at signing in is heard: longer and longer delays, never a lock without end that
/// strangers can cause.
///
/// The store asks, and counts the try as failed, in one transaction *before* any proof is looked at, so that
/// tries made side by side cannot pass together; success takes it back. Strangers are slowed by account and
/// network together, by account, by network and for the whole business. A device that the account has signed
/// in with before is slowed by its own mistakes alone, and a passkey by its own network's wrong passkeys, so
/// that nobody can be kept out by others.
///
/// - SeeAlso: OWASP Authentication Cheat Sheet, "Account Lockout", and its device cookies; NIST SP 800-63B-4
///   §3.2.2.
package enum SignInThrottle {
  /// A counter's delay is forgotten when nothing failed for so long, in seconds.
  package static let memory: Int = .hours(24)

  /// Failures in a row, however slow, after which strangers' devices need a recovery code beside the
  /// password, and after which a known device counts as a stranger's: NIST SP 800-63B-4 §3.2.2.
  package static let mostInARow = 100

  /// Failures of strangers in the whole business without delay, and seconds for each further one.
  package static let houseAllowance = 100
  package static let houseInterval = 10

  /// Tries without delay, then `first` seconds and twice as many each time, up to `longest`.
  private struct Ladder {
    let free: Int
    let first: Int
    let longest: Int
  }

  private static let pairLadder = Ladder(free: 3, first: 1, longest: .hours(1))
  /// A code from the app is good for 90 seconds: never more than five tries while it lives (V19).
  private static let accountLadder = Ladder(free: 5, first: 90, longest: 90)
  private static let networkLadder = Ladder(free: 20, first: 1, longest: .minutes(15))

  /// The moment from which a try is heard; at or before `now` means at once.
  package static func opens(_ counts: SignInCounts, isKnownDevice: Bool, now: Instant) -> Instant {
    let pair = end(counts.pair, pairLadder, now)
    if isKnownDevice { return pair }
    return max(
      pair,
      end(counts.account, accountLadder, now),
      end(counts.network, networkLadder, now),
      counts.house - (houseAllowance - 1) * houseInterval
    )
  }

  /// The same for a passkey, which cannot be guessed: only its own network's wrong ones count.
  package static func opens(passkeysFrom network: SignInFailures, now: Instant) -> Instant {
    end(network, networkLadder, now)
  }

  /// Whether a password with a code from the app is taken at all from a device that the account does not
  /// know.
  package static func takesPasswords(fromStrangersAfter inARow: Int) -> Bool { inARow < mostInARow }

  /// Whether a device is still trusted to be its person's after so many failures on it.
  package static func trusts(deviceAfter failures: SignInFailures) -> Bool { failures.count < mostInARow }

  /// The house's allowance after one more failure.
  package static func counting(_ house: Instant, at now: Instant) -> Instant {
    // A clock that went back must not lengthen the delay.
    min(max(house, now), now + houseAllowance * houseInterval) + houseInterval
  }

  private static func end(_ failures: SignInFailures, _ ladder: Ladder, _ now: Instant) -> Instant {
    let over = failures.count - ladder.free
    guard over >= 0, failures.count > 0, now - failures.last <= memory else { return now }
    // A clock that went back must not lengthen the delay.
    return min(failures.last, now) + min(ladder.longest, ladder.first << min(over, 20))
  }
}
