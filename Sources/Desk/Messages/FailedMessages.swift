import Audit
import Booking
import Outgoing
import People
import Primitives
import Storage

/// Messages that were given up in the last 30 days.
package struct FailedMessages: Sendable, Hashable {
  package let all: Int
  /// Those that still say something: the visit is to come and no newer message of the booking overtakes them, or the link
  /// in it still works.
  package let open: Int

  init(_ records: any Records, since: Instant, now: Instant) throws {
    let bookings = try records.failedMessages(since: since, now: now)
    let notices = try records.failedNotices(since: since, now: now)
    self.all = bookings.all + notices.all
    self.open = bookings.open + notices.open
  }
}

extension Desk {
  /// How long a message that could not be delivered is told of, in seconds.
  static let failuresTold = Int.days(30)
  /// Seconds after which a due message counts as held up; each process delivers every second.
  private static let patience = 60

  /// How the sending goes. Numbers of at most ten seconds ago will do for a page that is about something else.
  package func mailState() async throws -> MailState {
    let now = clock.now()
    if let known = mailHealth.find(now) { return known }
    let state = try await store.read { [mailHealth] records in
      let bookings = try records.heldUpMessages(overdueSince: now - Desk.patience)
      let notices = try records.heldUpNotices(overdueSince: now - Desk.patience, now: now)
      let version = try records.mailSettings()?.rowVersion
      let isSet = version != nil
      let fault = mailHealth.fault(of: version)
      return MailState(
        isSet: isSet,
        // One that was tried alone says nothing about the server; one that nobody tries, or a fault of it, does.
        heldUp: isSet && (fault != nil || bookings.overdue + notices.overdue > 0)
          ? bookings.all + notices.all : 0,
        failed: try FailedMessages(records, since: now - Desk.failuresTold, now: now),
        fault: fault?.description
      )
    }
    mailHealth.keep(state, now)
    return state
  }

  /// Tries the messages once more that could not be delivered in the last 30 days and still say something.
  ///
  /// - Returns: how many will be sent.
  @discardableResult
  package func requeueFailedMessages(by person: StaffPerson) async throws -> Int {
    try await require(.setMail, by: person, .messagesRequeued, for: .delivery)
    let now = clock.now()
    let count = try await act(.messagesRequeued, by: person.actor, for: .delivery) { changes, detail in
      let since = now - Desk.failuresTold
      let count =
        try changes.requeueFailedMessages(since: since, now: now)
        + changes.requeueFailedNotices(since: since, now: now)
      detail.count = count
      return count
    }
    mailHealth.forget()
    return count
  }
}
