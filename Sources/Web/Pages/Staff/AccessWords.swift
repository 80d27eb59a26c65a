import Desk
import People
import Primitives

/// What pages say about sessions, browsers and passkeys.
struct AccessWords: Sendable {
  let zone: Zone
  let now: Instant

  func began(_ session: StaffAccess.OpenSession) -> String {
    "Signed in \(PageWords.moment(session.startedAt, in: zone)) \(AccessWords.way(session.method))"
  }

  func seen(_ session: StaffAccess.OpenSession) -> String {
    "Last used \(ago(session.seenAt)), from \(AccessWords.network(session.isSameNetwork))"
      + (session.isLocked && !session.isCurrent ? "; locked" : "")
  }

  /// "Known since 22 November, last seen 2 hours ago from another network".
  func facts(_ device: StaffAccess.Device) -> String {
    "Known since \(day(device.madeAt)), last seen \(ago(device.seenAt)) from "
      + AccessWords.network(device.isSameNetwork)
  }

  func facts(_ passkey: StaffAccess.Passkey) -> String {
    let used = passkey.usedAt.map { "last used \(ago($0))" } ?? "not used yet"
    let place = passkey.isSynced ? "Your devices share it" : "On one device only"
    return "Added \(day(passkey.madeAt)), \(used). \(place)."
  }

  /// "Unusual: a browser we did not know, an unusual hour"; nil when nothing was.
  static func unusual(_ signs: [UnusualSign]) -> String? {
    signs.isEmpty ? nil : "Unusual: " + signs.map(sign).joined(separator: ", ")
  }

  static func sign(_ sign: UnusualSign) -> String {
    switch sign {
    case .newDevice: "a browser not seen before"
    case .newNetwork: "another network than usual"
    case .oddHour: "an unusual hour"
    case .longSilence: "after a long time away"
    case .afterFailures: "after wrong tries"
    }
  }

  static func network(_ isSame: Bool) -> String { isSame ? "the network you are in now" : "another network" }

  private static func way(_ method: SignInMethod) -> String {
    switch method {
    case .passkey: "with a passkey"
    case .password: "with password and app"
    case .recoveryCode: "with password and a recovery code"
    case .invite: "by an invite"
    }
  }

  /// "just now", "5 minutes ago", "2 hours ago", "on 22 November".
  func ago(_ instant: Instant) -> String {
    switch now - instant {
    case ..<Int.minutes(2): "just now"
    case ..<Int.hours(2): PageWords.count((now - instant) / 60, "minute") + " ago"
    case ..<Int.hours(20): PageWords.count((now - instant) / 3_600, "hour") + " ago"
    default: "on " + day(instant)
    }
  }

  private func day(_ instant: Instant) -> String { PageWords.dayOfMonth(zone.day(at: instant)) }
}
