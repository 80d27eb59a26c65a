import Audit
package import Booking
import Messages
package import Primitives
import Storage
import Vault

/// What the bare manage link shows: time, service, place and price, nothing of the customer (V8).
package struct ManagedBooking: Sendable {
  package let id: Identifier
  package let service: Service
  package let served: Interval
  package let state: BookingState
  package let version: Int
  /// Zone of the place, IANA.
  package let zone: String
  /// Zone the customer looked at when booking.
  package let visitorZone: String
  package let mayCancel: Bool
  package let mayReschedule: Bool
  /// Minutes before the start until which each is allowed.
  package let policy: Policy
  /// Whether the code came by mail and the address is not confirmed yet.
  package let mayConfirm: Bool
  /// Nil when the customer was told no name.
  package let staff: Slug?
  package let location: Slug
  let sitting: Identifier?
}

extension Desk {
  /// Mails about moves that a customer's own moves of one booking may cause in 24 hours.
  static let mostChangeMails = 5

  /// Opens a manage link. Shows P0 only, so it is no act.
  ///
  /// - Throws: `.unknown` for a code that is malformed, forged, revoked or of another business: all look the same.
  package func openManagedBooking(code: String) async throws -> ManagedBooking {
    try await store.read { [self] records in
      let (booking, mailed) = try genuine(code, records)
      let (_, timetable) = try catalog.held ?? catalog.load(records)
      let unconfirmed = try mailed && records.contact(booking.subject)?.confirmedAt == nil
      return try managed(booking, timetable, mayConfirm: unconfirmed)
    }
  }

  /// Free starts the booking could move to.
  package func timesToMove(code: String, span: Interval) async throws -> (ManagedBooking, [Offer]) {
    let booking = try await openManagedBooking(code: code)
    guard booking.mayReschedule else { throw Refusal(.tooLate) }
    let now = clock.now()
    return try await store.read { [self] records in
      let question = booking.question(span: span)
      let (timetable, look) = try look(records) { try $0.reach(of: question) }
      return (booking, try timetable.offers(question, agenda: look.agenda, now: now))
    }
  }

  /// Moves the booking to another start, within the policy. Each move mails an address that nobody may have confirmed,
  /// so that after ``mostChangeMails`` mails in 24 hours there is none.
  ///
  /// - Throws: `.unknown`, `.stale` when the booking has changed since `version`, `.tooLate`, `.alreadyEnded`,
  ///   `.movedTooOften`, `.slotTaken`, `.notOffered`; nothing is changed then.
  package func rescheduleManagedBooking(code: String, version: Int, start: Instant) async throws
    -> BookingTicket
  {
    try await change(code: code, .bookingRescheduled) { [self] booking, timetable, changes, detail, now in
      guard booking.state == .booked else { throw Refusal(.alreadyEnded) }
      guard booking.version == version else { throw Refusal(.stale) }
      guard try managed(booking, timetable, mayConfirm: false).mayReschedule else { throw Refusal(.tooLate) }
      let mails = try changes.settledMessages(
        MessageKind.change.rawValue,
        of: booking.id,
        since: now - .days(1)
      )
      guard mails < Desk.mostChangeMails else { throw Refusal(.movedTooOften) }
      let moved = try move(
        booking,
        to: start,
        staff: booking.staffNamed ? booking.staff : nil,
        .visitors,
        changes
      )
      detail.fields = moved.movedFields(from: booking)
      return ticket(moved, isNew: false)
    }
  }

  /// Cancels the booking, within the policy.
  package func cancelManagedBooking(code: String, version: Int) async throws -> BookingTicket {
    try await change(code: code, .bookingCancelled) { [self] booking, timetable, changes, detail, now in
      guard booking.state == .booked else { throw Refusal(.alreadyEnded) }
      guard booking.version == version else { throw Refusal(.stale) }
      guard try managed(booking, timetable, mayConfirm: false).mayCancel else { throw Refusal(.tooLate) }
      detail.fields = ["state"]
      return ticket(try cancel(booking, changes), isNew: false)
    }
  }

  /// Confirms that the address is the customer's own; only a mailed code can.
  package func confirmContact(code: String) async throws -> BookingTicket {
    let (booking, mailed) = try await genuine(code, .contactConfirmed, for: .booking)
    guard mailed else {
      try await refuse(
        .contactConfirmed,
        by: .customer(booking: booking.id),
        for: .booking,
        Refusal(.notAllowed)
      )
    }
    let contact = try await store.read { try $0.contact(booking.subject) }
    guard let contact, let keys = try await keys.open(booking.subject) else {
      try await refuse(
        .contactConfirmed,
        by: .customer(booking: booking.id),
        for: .booking,
        Refusal(.unknown)
      )
    }
    let indexes = indexes(email: try contact.open(.email, keys), phone: try contact.open(.phone, keys))
    let now = clock.now()
    return try await act(.contactConfirmed, by: .customer(booking: booking.id), for: .booking) {
      [self] changes, detail in
      detail.touch(subject: booking.subject)
      detail.fields = [ContactField.email.rawValue, ContactField.phone.rawValue]
      try changes.confirmContact(booking.subject, indexes: indexes, at: now)
      return ticket(booking, isNew: false)
    }
  }

  /// An act on one booking by whoever holds its code.
  private func change(
    code: String,
    _ name: ActName,
    _ body:
      @escaping @Sendable (BookingRecord, Timetable, any Changes, inout ActDetail, Instant) throws ->
      BookingTicket
  ) async throws -> BookingTicket {
    let (known, _) = try await genuine(code, name, for: .customersRequest)
    let now = clock.now()
    return try await act(name, by: .customer(booking: known.id), for: .customersRequest) {
      [self] changes, detail in
      try changes.hold([.booking(known.id)])
      let (booking, _) = try genuine(code, changes)
      detail.touch(booking: booking.id)
      let (_, timetable) = try catalog.held ?? catalog.load(changes)
      return try body(booking, timetable, changes, &detail, now)
    }
  }

  /// The booking a code opens, or the recorded refusal: before the act, because who acts depends on it.
  private func genuine(
    _ code: String,
    _ name: ActName,
    for purpose: AuditEntry.Purpose
  ) async throws -> (BookingRecord, mailed: Bool) {
    do {
      return try await store.read { [self] in try genuine(code, $0) }
    } catch let refusal as Refusal {
      // A forged code names a booking it does not hold: its bearer is a stranger.
      try await refuse(name, by: .stranger(network: ""), for: purpose, refusal)
    }
  }

  /// The booking a code opens, and whether the code came by mail.
  private func genuine(_ code: String, _ records: any Records) throws -> (BookingRecord, mailed: Bool) {
    guard let code = ManageCode(code), let booking = try records.booking(code.booking),
      ring.isGenuine(code, linkVersion: booking.linkVersion)
    else { throw Refusal(.unknown) }
    return (booking, ring.isMailed(code, linkVersion: booking.linkVersion))
  }

  private func managed(
    _ booking: BookingRecord,
    _ timetable: Timetable,
    mayConfirm: Bool
  ) throws -> ManagedBooking {
    let business = timetable.business
    guard let service = business.service(booking.service) else { throw Refusal(.unknown) }
    let left = booking.served.start - clock.now()
    let isOpen = booking.state == .booked
    return ManagedBooking(
      id: booking.id,
      service: service,
      served: booking.served,
      state: booking.state,
      version: booking.version,
      zone: business.location(booking.location)?.zone ?? "UTC",
      visitorZone: booking.visitorZone,
      mayCancel: isOpen && left >= .minutes(business.policy.cancelNotice),
      mayReschedule: isOpen && left >= .minutes(business.policy.rescheduleNotice),
      policy: business.policy,
      mayConfirm: mayConfirm,
      staff: booking.staffNamed ? booking.staff : nil,
      location: booking.location,
      sitting: booking.sitting
    )
  }
}

extension ManagedBooking {
  fileprivate func question(span: Interval) -> SlotQuestion {
    SlotQuestion(
      service: service.id,
      minutes: served.length / 60,
      staff: staff,
      location: location,
      span: span,
      audience: .visitors,
      releasing: sitting
    )
  }
}
