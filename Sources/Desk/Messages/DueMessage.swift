import Messages
import Primitives
import Storage

/// A message that is due, in whichever table it waits: the one loop that delivers both knows only this.
enum DueMessage: Sendable {
  /// About a booking, to its customer.
  case booking(OutboxRow)
  /// About signing in.
  case notice(NoticeRow)

  var attempts: Int {
    switch self {
    case .booking(let row): row.attempts
    case .notice(let row): row.attempts
    }
  }

  /// After it nothing is sent; nil for messages about bookings, which say for themselves when they are over.
  var end: Instant? {
    switch self {
    case .booking: nil
    case .notice(let row): row.expiresAt
    }
  }

  /// The act of opening what it says and to whom it goes.
  var opened: ActName {
    switch self {
    case .booking: .messageOpened
    case .notice: .noticeOpened
    }
  }

  /// The act of settling what became of it.
  var settled: ActName {
    switch self {
    case .booking: .messageSettled
    case .notice: .noticeSettled
    }
  }

  func touch(_ detail: inout ActDetail) {
    switch self {
    case .booking(let row):
      detail.records.append("message/\(row.id)")
      detail.touch(booking: row.booking)
    case .notice(let row):
      detail.records.append("notice/\(row.id)")
      switch row.recipient {
      case .staff(let staff): detail.touch(staff: staff)
      case .contact(let subject): detail.touch(subject: subject)
      }
    }
  }

  func claim(until: Instant, in changes: any Changes) throws -> Bool {
    switch self {
    case .booking(let row): try changes.claim(row, until: until)
    case .notice(let row): try changes.claim(row, until: until)
    }
  }

  func withdraw(in changes: any Changes) throws {
    switch self {
    case .booking(let row): try changes.withdraw(row.id)
    case .notice(let row): try changes.withdrawNotice(row.id)
    }
  }

  func settle(as state: OutboxState, nextAt: Instant?, in changes: any Changes) throws {
    switch self {
    case .booking(let row): try changes.settle(row.id, as: state, nextAt: nextAt)
    case .notice(let row): try changes.settleNotice(row.id, as: state, nextAt: nextAt)
    }
  }
}

/// A message with its words, and what its entry in the audit tree says was opened for it.
struct WrittenMessage: Sendable {
  let mail: Mail
  let detail: ActDetail
}
