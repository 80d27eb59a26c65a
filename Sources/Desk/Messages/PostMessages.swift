import Booking
import Messages
import Primitives
import Storage
import Vault

extension Desk {
  /// The outbox rows that follow a change: the message itself, and the reminder that will be due.
  func messages(_ kind: MessageKind, for booking: BookingRecord, policy: Policy, now: Instant) -> [OutboxRow]
  {
    var rows = [row(kind, booking, dueAt: now, now)]
    if kind != .cancellation, let notice = policy.reminder {
      let due = booking.served.start - .minutes(notice)
      // A reminder that would leave with the confirmation reminds of nothing.
      if due > now + .hours(1) { rows.append(row(.reminder, booking, dueAt: due, now)) }
    }
    return rows
  }

  private func row(_ kind: MessageKind, _ booking: BookingRecord, dueAt: Instant, _ now: Instant) -> OutboxRow
  {
    OutboxRow(
      id: Identifier(at: now),
      kind: kind.rawValue,
      booking: booking.id,
      sequence: booking.version - 1,
      dueAt: dueAt
    )
  }

  /// The link that opens a booking's manage page.
  ///
  /// `mailed` links prove that their holder reads the customer's mail; the one shown at booking proves only that they
  /// booked, and confirms nobody.
  func manageURL(of booking: BookingRecord, mailed: Bool) -> String {
    let code = ring.manageCode(booking: booking.id, linkVersion: booking.linkVersion, mailed: mailed)
    return "\(address)/manage/\(business)#\(code)"
  }
}
