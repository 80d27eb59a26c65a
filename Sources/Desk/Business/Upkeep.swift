import Audit
import People
import Primitives
import Storage
import Synchronization
import Vault

extension Desk {
  /// One shared entry for strangers of one network that were throttled in one minute; the network itself is not in it.
  package func recordThrottling() async throws {
    do {
      try await refuse(.visitorsThrottled, by: .stranger(network: ""), for: .upkeep, Refusal(.tooMany))
    } catch is Refusal {}
  }
}

extension Desk {
  /// Seconds for which settled notices are kept.
  private static let noticesKept = Int.days(90)

  /// Begins the standing of who is new, and forgets what has served its time, every ten minutes: customers' links and sessions that work no more, notices that came
  /// to nothing, settled ones after 90 days, and how much was shown to whom after as many.
  package func tidyUp() async throws {
    let now = clock.now()
    guard tidying.isDue(now) else { return }
    try await store.change { changes in
      // Links count towards the limit of an hour, so that they stay as long as that.
      let links = now - max(CustomerSessionRule.linkPeriod, CustomerSessionRule.linkLifetime)
      _ = try changes.dropCustomerLinks(madeBefore: links)
      _ = try changes.dropCustomerSessions(startedBefore: now - CustomerSessionRule.longest)
      try changes.beginStandings(reviewDueAt: now + StandingRule.reviewEvery, at: now)
      try changes.dropReadingVolumes(before: now.dayNumber - 90)
      _ = try changes.dropNotices(expiredAt: now, settledBefore: now - Desk.noticesKept)
    }
  }
}

/// When this process last tidied up.
final class Tidying: Sendable {
  private static let pause = Int.minutes(10)

  private let last = Mutex<Instant?>(nil)

  /// True once in ten minutes; a clock that went back counts as over.
  func isDue(_ now: Instant) -> Bool {
    last.withLock { last in
      if let last, last <= now, now - last < Tidying.pause { return false }
      last = now
      return true
    }
  }
}

extension House {
  /// Whether a fault means that nothing can be stored or read now, so that the answer is 503.
  package static func isAway(_ fault: any Error) -> Bool {
    if case StorageFault.away = fault { return true }
    return false
  }

  /// A fault's kind for the log: its type and case, never a value of a person.
  package static func kind(of fault: any Error) -> String {
    switch fault {
    case let fault as StorageFault: "storage \(fault)"
    case let fault as VaultFault: "vault \(fault)"
    case let fault as UnwritableMessage: "\(fault)"
    default: String(describing: type(of: fault))
    }
  }
}
