import Audit
import Booking
import Messages
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// Books one start for one contact: sealed, recorded and durable before it answers.
  ///
  /// Six statements: a look at the book, contact, occupancy, booking, outbox, audit entry. A repeated request with the
  /// same idempotency key gets the same ticket; with another content it is refused. A booking by the public never
  /// touches an existing contact (V35): it gets a subject of its own.
  ///
  /// - Throws: `.invalid` with each wrong field, `.slotTaken`, `.notOffered`, `.keyReused`, `.unknown`.
  ///
  /// - Parameter permit: whether the booker may have a booking of that person at that place.
  func bookSlot(
    _ request: BookingRequest,
    by actor: Actor,
    permit: @escaping @Sendable (Target, inout ActDetail) throws(Refusal) -> Void
  ) async throws -> BookingTicket {
    let checked: CheckedContact
    do {
      checked = try await check(request)
    } catch let refusal as Refusal {
      try await refuse(.bookingMade, by: actor, for: .booking, refusal)
    }
    let blank = try await keys.takeBlank()
    let subject = blank.keys
    let now = clock.now()
    let isConfirmed = request.channel == .staff
    let contact = try ContactRecord(
      checked,
      keys: subject,
      answersUntil: try await answersUntil(request),
      at: now,
      confirmed: isConfirmed
    )
    let indexes = isConfirmed ? indexes(of: checked) : nil
    let repeated = request.idempotencyKey.map { RequestHashes($0, of: request, checked, ring) }
    let customer = try await customerBookings(of: checked, for: request)

    return try await using(blank) { [self] in
      try await act(.bookingMade, by: actor, for: .booking) { [self] changes, detail in
        let wish = Wish(
          service: request.service,
          minutes: request.minutes,
          staff: request.staff,
          location: request.location,
          start: request.start,
          audience: request.channel == .staff ? .staff : .visitors,
          releasing: nil,
          customer: customer
        )
        let (timetable, look) = try lookToDecide(changes, repeated: repeated) {
          try $0.reach(of: wish)
        }
        if let earlier = look.earlier {
          return try replay(earlier, changes, &detail)
        }
        let decision = try timetable.decide(wish, agenda: look.agenda, now: now)
        try permit(Target(staff: decision.staff, locations: [decision.location]), &detail)
        try changes.add(contact, indexes: indexes)
        let booking = try seat(
          BookingRecord(
            id: Identifier(at: now),
            subject: subject.subject,
            service: request.service,
            staff: decision.staff,
            location: decision.location,
            served: decision.served,
            sitting: decision.joins,
            seat: 1,
            state: .booked,
            version: 1,
            linkVersion: 1,
            staffNamed: request.staff != nil,
            madeBy: request.channel,
            visitorZone: request.zone ?? timetable.business.location(decision.location)?.zone ?? "UTC",
            madeAt: now
          ),
          decision,
          changes
        )
        try changes.add(booking, idempotency: repeated?.key, requestHash: repeated?.content)
        if checked.email != nil {
          try changes.post(messages(.confirmation, for: booking, policy: timetable.business.policy, now: now))
        }
        detail.touch(booking: booking.id)
        detail.touch(subject: subject.subject)
        detail.fields = contact.fields
        return self.ticket(booking, isNew: true)
      }
    }
  }

  /// The same for the public, who may book whatever is offered.
  package func bookSlot(_ request: BookingRequest, by actor: Actor) async throws -> BookingTicket {
    try await bookSlot(request, by: actor) { _, _ in }
  }

  /// Gives the blank back when the act names it nowhere: refused, or answered before.
  private func using(
    _ blank: BlankKeys,
    _ act: () async throws -> BookingTicket
  ) async throws -> BookingTicket {
    let ticket = try await keys.spend(blank, act)
    if !ticket.isNew { keys.giveBack(blank) }
    return ticket
  }

  /// Occupies the decided time, or joins the class that has begun to fill.
  func seat(
    _ booking: BookingRecord,
    _ decision: Decision,
    _ changes: any Changes
  ) throws -> BookingRecord {
    var booking = booking
    if let joins = decision.joins {
      guard let seat = try changes.freeSeat(in: joins, capacity: decision.capacity) else {
        throw Refusal(.slotTaken)
      }
      booking.sitting = joins
      booking.seat = seat
    } else {
      let sitting = Sitting(
        id: Identifier(at: clock.now()),
        staff: decision.staff,
        service: booking.service,
        served: decision.served,
        occupied: decision.occupied,
        capacity: decision.capacity,
        taken: 1
      )
      try changes.occupy(sitting)
      booking.sitting = sitting.id
      booking.seat = 1
    }
    return booking
  }

  /// When the first answer is to be erased, counted from the end of the visit asked for.
  private func answersUntil(_ request: BookingRequest) async throws -> Instant? {
    guard let service = try await timetable().service(request.service) else { return nil }
    let end = request.start + .minutes(request.minutes ?? service.durations.first ?? 0)
    return service.firstErasure(after: end)
  }

  func ticket(_ booking: BookingRecord, isNew: Bool) -> BookingTicket {
    BookingTicket(booking: booking, manageURL: manageURL(of: booking, mailed: false), isNew: isNew)
  }

  private func check(_ request: BookingRequest) async throws -> CheckedContact {
    let timetable = try await timetable()
    // A hidden service and one that does not exist look the same to visitors, whatever else is wrong.
    guard let service = timetable.business.service(request.service),
      request.channel == .staff || !service.hidden
    else { throw Refusal.invalid("service", .notAChoice) }
    if let minutes = request.minutes, !service.durations.contains(minutes) {
      throw Refusal.invalid("minutes", .notAChoice)
    }
    if let zone = request.zone, (try? zones.zone(named: zone)) == nil {
      throw Refusal.invalid("zone", .notAZone)
    }
    if let key = request.idempotencyKey, key.isEmpty || key.utf8.count > 255 {
      throw Refusal.invalid("idempotency-key", key.isEmpty ? .missing : .tooLong)
    }
    return try CheckedContact(request.contact, for: service, channel: request.channel)
  }

  private func replay(
    _ earlier: EarlierRequest,
    _ changes: any Changes,
    _ detail: inout ActDetail
  ) throws -> BookingTicket {
    guard earlier.isSame else { throw Refusal(.keyReused) }
    guard let booking = try changes.booking(earlier.booking) else { throw StorageFault.damaged("booking") }
    detail.touch(booking: booking.id)
    return ticket(booking, isNew: false)
  }
}

extension RequestHashes {
  fileprivate init(_ key: String, of request: BookingRequest, _ contact: CheckedContact, _ ring: KeyRing) {
    let parts = [
      request.service.text, request.minutes.map(String.init) ?? "", request.staff?.text ?? "",
      request.location?.text ?? "", String(request.start.seconds), contact.name, contact.email?.text ?? "",
      contact.phone?.text ?? "", contact.address ?? "", Answers.text(contact.answers),
    ]
    self.init(
      key: ring.blindIndex(key, table: "booking", column: "idempotency"),
      // Separated by a character that no checked field holds, so that two requests never read the same.
      content: ring.blindIndex(parts.joined(separator: "\u{1D}"), table: "booking", column: "request_hash")
    )
  }
}
