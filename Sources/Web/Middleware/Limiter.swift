import Primitives
import Synchronization

/// What is limited, each by its own measure.
enum Limited: Int, Sendable, CaseIterable {
  /// Looking at services, days and times.
  case looking
  /// Making bookings.
  case booking
  /// Trying manage and invite codes.
  case code
  /// Trying to sign in.
  case signIn
  /// Asking for links to one's own bookings.
  case customerLink
  /// Pages of a whole house behind one address that ask whether they may still be open.
  case standing

  /// How many at once, and how many more each minute.
  var measure: (burst: Double, perMinute: Double) {
    switch self {
    case .looking: (120, 600)
    case .booking: (12, 12)
    case .code: (30, 30)
    case .signIn: (15, 15)
    case .customerLink: (10, 10)
    case .standing: (300, 1_200)
    }
  }
}

/// Token buckets by network, in this process's memory.
///
/// Bounded: when too many networks are known, those that are full again are forgotten; when that does not help, newcomers
/// share one bucket, so that a flood from many addresses still meets a limit (fail closed).
final class Limiter: Sendable {
  private static let mostNetworks = 50_000

  private let isOn: Bool
  private let buckets = Mutex<[Key: Bucket]>([:])

  private struct Key: Hashable {
    let limited: Limited
    let network: String
  }

  private struct Bucket {
    var tokens: Double
    var at: ContinuousClock.Instant
    /// When throttling was last recorded in the audit tree.
    var recorded: ContinuousClock.Instant?
  }

  enum Verdict: Sendable {
    case welcome
    /// Seconds to wait; `isFirst` once a network and minute, for the one shared audit entry.
    case wait(seconds: Int, isFirst: Bool)
  }

  init(isOn: Bool) { self.isOn = isOn }

  func take(_ limited: Limited, from network: String, now: ContinuousClock.Instant = .now) -> Verdict {
    guard isOn else { return .welcome }
    let (burst, perMinute) = limited.measure
    return buckets.withLock { buckets in
      var key = Key(limited: limited, network: network)
      if buckets[key] == nil, buckets.count >= Limiter.mostNetworks {
        buckets = buckets.filter { key, bucket in
          bucket.tokens + Limiter.refill(bucket, key.limited, now) < key.limited.measure.burst
        }
        if buckets.count >= Limiter.mostNetworks { key = Key(limited: limited, network: "others") }
      }
      var bucket = buckets[key] ?? Bucket(tokens: burst, at: now)
      bucket.tokens = min(burst, bucket.tokens + Limiter.refill(bucket, limited, now))
      bucket.at = now
      defer { buckets[key] = bucket }
      if bucket.tokens >= 1 {
        bucket.tokens -= 1
        return .welcome
      }
      let isFirst = bucket.recorded.map { $0.duration(to: now) >= .seconds(60) } ?? true
      if isFirst { bucket.recorded = now }
      return .wait(
        seconds: max(1, Int(((1 - bucket.tokens) / perMinute * 60).rounded(.up))),
        isFirst: isFirst
      )
    }
  }

  private static func refill(_ bucket: Bucket, _ limited: Limited, _ now: ContinuousClock.Instant) -> Double {
    let passed = bucket.at.duration(to: now)
    return max(0, Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18)
      * limited.measure.perMinute / 60
  }
}
