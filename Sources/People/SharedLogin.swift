package import Primitives

/// What speaks for several people using one login. The raw values are stored with the finding, a space
/// between.
package enum SharedLoginSign: String, Sendable, CaseIterable {
  /// Used at the same time on two devices in two networks.
  case twoPlaces = "two-places"
  /// New devices one after the other.
  case manyDevices = "many-devices"
  /// Used on several devices at once, and no passkey that would be somebody's own.
  case noPasskey = "no-passkey"
}

/// One session as far as sharing is told by it.
package struct SessionSight: Sendable, Hashable {
  package let device: Identifier
  package let network: [UInt8]
  package let seenAt: Instant

  package init(device: Identifier, network: [UInt8], seenAt: Instant) {
    self.device = device
    self.network = network
    self.seenAt = seenAt
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
  ///   - open: sessions that are neither ended nor too old.
  ///   - newDevices: made within ``churnMemory``, forgotten ones too.
  package static func signs(open: [SessionSight], newDevices: Int, hasPasskey: Bool) -> [SharedLoginSign] {
    var signs: [SharedLoginSign] = []
    let isApart = open.indices.contains { one in
      open[..<one].contains { other in
        other.device != open[one].device && other.network != open[one].network
          && abs(other.seenAt - open[one].seenAt) <= sameTime
      }
    }
    if isApart { signs.append(.twoPlaces) }
    if newDevices >= churn { signs.append(.manyDevices) }
    if !hasPasskey, Set(open.map(\.device)).count >= devicesAtOnce { signs.append(.noPasskey) }
    return signs
  }
}
