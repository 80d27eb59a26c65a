package import Primitives

/// What can be unusual about a sign-in. The raw values are stored with the session, a space between.
package enum UnusualSign: String, Sendable, CaseIterable {
  case newDevice = "new-device"
  case newNetwork = "new-network"
  case oddHour = "odd-hour"
  case longSilence = "long-silence"
  case afterFailures = "after-failures"
}

/// What is known of somebody's earlier sign-ins, to hold a new one against.
package struct SignInHabits: Sendable {
  /// Stretches between signing in and the last sight, of the last ``UnusualSignIn/memory`` seconds.
  package var stays: [(from: Instant, to: Instant)]
  /// Pseudonyms of the networks of that time.
  package var networks: Set<[UInt8]>
  /// Of any time; nil when this is the very first sign-in.
  package var lastSeen: Instant?

  package init(stays: [(from: Instant, to: Instant)], networks: Set<[UInt8]>, lastSeen: Instant?) {
    self.stays = stays
    self.networks = networks
    self.lastSeen = lastSeen
  }
}

/// Tells an unusual sign-in from a usual one, by what the server knows anyway; nothing is gathered for it.
package enum UnusualSignIn {
  /// How far back habits reach, in seconds.
  package static let memory: Int = .days(90)
  /// Fewer stays than these are no habit.
  package static let fewestStays = 10
  /// Hours before and after one that was usual that are usual too.
  package static let margin = 2
  /// Seconds without any sight that are a long silence.
  package static let silence: Int = .days(30)
  /// Failures before a success that are worth a word.
  package static let failures = 3

  /// - Parameter zone: where the person works; hours are told there.
  /// - Returns: nothing for the very first sign-in, which is compared with nothing.
  package static func signs(
    habits: SignInHabits,
    isKnownDevice: Bool,
    network: [UInt8],
    failuresBefore: Int,
    zone: Zone?,
    now: Instant
  ) -> [UnusualSign] {
    guard let lastSeen = habits.lastSeen else { return [] }
    var signs: [UnusualSign] = []
    if !isKnownDevice { signs.append(.newDevice) }
    if !habits.networks.contains(network) { signs.append(.newNetwork) }
    if let zone, isOddHour(habits.stays, zone, now) { signs.append(.oddHour) }
    if now - lastSeen >= silence { signs.append(.longSilence) }
    if failuresBefore >= failures { signs.append(.afterFailures) }
    return signs
  }

  private static func isOddHour(
    _ stays: [(from: Instant, to: Instant)],
    _ zone: Zone,
    _ now: Instant
  ) -> Bool {
    guard stays.count >= fewestStays else { return false }
    let hour = zone.wallTime(at: now).hour
    let usual = Set(
      stays.flatMap { stay in
        stride(from: 0, through: max(0, min(stay.to - stay.from, SessionRule.longest)), by: .minutes(30)).map
        {
          zone.wallTime(at: stay.from + $0).hour
        }
      }
    )
    return !(-margin...margin).contains { usual.contains((hour + $0 + 24) % 24) }
  }
}
