import Booking
import People
import Primitives
import Storage
import Vault

extension LeaveRow {
  /// Sealed under the keys of whoever asked; it opens in this row alone.
  static func reasonCell(_ id: Identifier) -> Cell {
    Cell(table: "leave", column: "reason", row: id, rowVersion: 1, class: .p2)
  }

  /// What the review said, sealed like the reason.
  static func noteCell(_ id: Identifier) -> Cell {
    Cell(table: "leave", column: "note", row: id, rowVersion: 1, class: .p2)
  }

  /// What it opens while it is open.
  var leave: Leave? {
    until.map { Leave(id: id, kind: kind, verbs: verbs, level: level, until: $0) }
  }
}

extension ActDetail {
  mutating func touch(leave: Identifier) { records.append("leave/\(leave)") }

  /// Names the leave by virtue of which something is done; nothing where the role suffices.
  mutating func touch(_ permit: Permit) {
    if case .leave(let id, _) = permit.reason { name([id]) }
  }

  /// The same for a list: every leave without which some of these visits, or their contacts, would not be in it.
  mutating func touchLeave(
    of holder: Holder,
    showing visits: [(BookingRecord, ContactRecord?)],
    now: Instant
  ) {
    guard !holder.openLeaves(now: now).isEmpty else { return }
    for (booking, contact) in visits {
      let target = Target(booking)
      name(holder.leaves(behind: .viewDay, on: target, now: now))
      guard let contact else { continue }
      let showsDetails = contact.address != nil || contact.answers != nil
      name(holder.leaves(behind: .viewBooking, on: target, level: showsDetails ? .p2 : .p1, now: now))
    }
  }

  /// Each once.
  mutating func name(_ leaves: [Identifier]) {
    for leave in leaves where !records.contains("leave/\(leave)") { touch(leave: leave) }
  }
}
