package import Primitives

/// What speaks for several people using one login. The raw values are stored with the finding, a space
/// between.
package enum SharedLoginSign: String, Sendable, CaseIterable {
  /// Used at the same time on two devices in two networks.
  case twoPlaces = "two-places"
  /// New devices one after the other, each used beside another.
  case manyDevices = "many-devices"
  /// Used on several devices in the same minutes, and no passkey that would be somebody's own.
  case noPasskey = "no-passkey"
}

/// One session as far as sharing is told by it.
package struct SessionSight: Sendable, Hashable {
  package let device: Identifier
  package let network: [UInt8]
  package let startedAt: Instant
  package let seenAt: Instant
  /// Neither ended nor too old.
  package let isOpen: Bool

  package init(device: Identifier, network: [UInt8], startedAt: Instant, seenAt: Instant, isOpen: Bool) {
    self.device = device
    self.network = network
    self.startedAt = startedAt
    self.seenAt = seenAt
    self.isOpen = isOpen
  }

  /// Used side by side: the one that began first was used again after the other had begun.
  ///
  /// Signing in alone is no use: a program that signs in again and again leaves sessions behind that nothing is done with.
  fileprivate func isBeside(_ other: SessionSight) -> Bool {
    guard device != other.device else { return false }
    return startedAt <= other.startedAt ? seenAt > other.startedAt : other.seenAt > startedAt
  }

  fileprivate func isAtTheTime(of other: SessionSight) -> Bool {
    abs(seenAt - other.seenAt) <= SharedLogin.sameTime
  }
}

/// Tells a login that several people may share. "May": one person with two devices looks alike, so an owner
/// decides.
package enum SharedLogin {
  /// Two sights that are no further apart are at the same time, in seconds. Sights are written once a minute.
  package static let sameTime: Int = .minutes(2)
  /// New devices are counted so far back, in seconds, and from so many on.
  package static let churnMemory: Int = .days(7)
  package static let churn = 4
  /// Devices at once that a login without a passkey is suspected from.
  package static let devicesAtOnce = 3
  /// What an owner explained is not asked about again for so long, in seconds.
  package static let explained: Int = .days(30)

  /// - Parameters:
  ///   - sights: sessions that began within ``churnMemory``.
  ///   - newDevices: made within it, forgotten ones too.
  package static func signs(
    _ sights: [SessionSight],
    newDevices: Set<Identifier>,
    hasPasskey: Bool
  ) -> [SharedLoginSign] {
    let beside = sights.filter { one in sights.contains { one.isBeside($0) } }
    let open = beside.filter(\.isOpen)
    var signs: [SharedLoginSign] = []
    let isApart = open.contains { one in
      open.contains { one.isBeside($0) && one.network != $0.network && one.isAtTheTime(of: $0) }
    }
    if isApart { signs.append(.twoPlaces) }
    if newDevices.intersection(beside.map(\.device)).count >= churn { signs.append(.manyDevices) }
    let isCrowded = open.contains { one in
      Set(open.filter { one.isAtTheTime(of: $0) }.map(\.device)).count >= devicesAtOnce
    }
    if !hasPasskey, isCrowded { signs.append(.noPasskey) }
    return signs
  }
}
