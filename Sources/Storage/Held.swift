package import Primitives

/// Something an act decides about: held, nobody else decides about it until the act's transaction ends.
///
/// Two acts that hold the same come one after the other on every engine, and the later one reads what the earlier one
/// wrote. What the schema refuses by itself (an overlap, a second seat of the same number) needs no holding; what is
/// decided by reading first (limits, time off, counters) does. Engines take what is asked for together in one order of
/// their own, so that callers need not sort.
package struct Held: Sendable, Hashable {
  /// `staff/tadas`, `business`, `sign-in/…`; unique within one business.
  package let name: String
  /// Held together with others who share it; apart from whoever wants it alone.
  package let isShared: Bool

  /// One person's whole book: sittings, limits and time off, apart from everybody who holds any day of it.
  package static func staff(_ id: Slug) -> Held { Held(name: "staff/" + id.text, isShared: false) }

  /// One person's book as far as an interval goes: those UTC days, and that nobody has the whole book. More than three days
  /// are the whole book.
  package static func book(of id: Slug, over interval: Interval) -> [Held] {
    let days = interval.start.dayNumber...(interval.end - 1).dayNumber
    guard days.count <= 3 else { return [.staff(id)] }
    let name = "staff/" + id.text
    return [Held(name: name, isShared: true)] + days.map { Held(name: "\(name)/\($0)", isShared: false) }
  }

  /// One booking, by an act that changes it as it is now.
  package static func booking(_ id: Identifier) -> Held { Held(name: "booking/\(id)", isShared: false) }

  /// The failures counted for an account or a network, by its keyed hash.
  package static func signIn(_ hash: [UInt8]) -> Held {
    Held(name: "sign-in/" + hash.map { String($0, radix: 16) }.joined(separator: "."), isShared: false)
  }

  /// One person's way in: sessions, devices, factors, findings.
  package static func access(_ staff: Slug) -> Held { Held(name: "access/" + staff.text, isShared: false) }

  /// The links asked for with one customer's address, by its keyed hash.
  package static func customer(_ hash: [UInt8]) -> Held {
    Held(name: "customer/" + hash.map { String($0, radix: 16) }.joined(separator: "."), isShared: false)
  }

  /// Something that waits for a second person.
  package static func approval(_ id: Identifier) -> Held { Held(name: "approval/\(id)", isShared: false) }

  /// Keys made ahead that nobody has taken.
  static let blanks = Held(name: "blanks", isShared: false)

  /// The rules as applied, by an act that decides under them.
  package static let rules = Held(name: "rules", isShared: true)
  /// The rules, by the act that replaces them.
  package static let newRules = Held(name: "rules", isShared: false)
}
