import Audit
package import Booking
import People
package import Primitives
import Storage

extension Desk {
  /// Books for somebody who calls; e-mail and phone may be missing. The contact counts as confirmed.
  package func bookForCaller(_ request: BookingRequest, by person: StaffPerson) async throws -> BookingTicket
  {
    var request = request
    request.channel = .staff
    let extent = try await requireReach(.makeBooking, by: person, .bookingMade, for: .callersRequest)
    if extent.isOwn(of: person.id), request.staff == nil { request.staff = person.id }
    if request.location == nil { request.location = extent.onlyPlace }
    return try await bookSlot(request, by: person.actor) { [self] target, detail throws(Refusal) in
      detail.touch(try permit(.makeBooking, person, on: target))
    }
  }

  /// Free starts for a caller: hidden services, notice and window do not count, working time and overlaps do.
  ///
  /// - Parameter verb: `.moveBooking` where a booking is moved.
  package func offersForCaller(
    _ question: SlotQuestion,
    to verb: Verb = .makeBooking,
    by person: StaffPerson
  ) async throws -> [Offer] {
    let name: ActName = verb == .moveBooking ? .bookingRescheduled : .bookingMade
    let extent = try await requireReach(verb, by: person, name, for: .callersRequest)
    let timetable = try await timetable()
    let asked = question.staff.flatMap { timetable.staffMember($0) }
    if let asked, !extent.holds(asked, timetable.business) { throw Refusal.invalid("staff", .notAChoice) }
    var question = question
    question.audience = .staff
    if extent.isOwn(of: person.id) { question.staff = person.id }
    return try await offers(question).filter { offer in
      offer.staff.contains { extent.contains(Target(staff: $0, locations: [offer.location])) }
    }
  }

  /// Moves a booking to another start or person.
  ///
  /// - Parameter staff: who shall serve; nil: anyone.
  package func rescheduleBooking(
    _ id: Identifier,
    version: Int,
    start: Instant,
    staff: Slug?,
    by person: StaffPerson
  ) async throws -> BookingTicket {
    try await act(.bookingRescheduled, by: person.actor, for: .callersRequest) { [self] changes, detail in
      let booking = try open(id, version, .moveBooking, person, changes, &detail)
      let isOwn = person.holder.extent(.moveBooking, now: clock.now()).isOwn(of: person.id)
      let server = staff ?? (isOwn ? person.id : nil)
      if let server {
        detail.touch(
          try permit(.moveBooking, person, on: Target(staff: server, locations: [booking.location]))
        )
      }
      guard booking.state == .booked else { throw Refusal(.alreadyEnded) }
      let moved = try move(booking, to: start, staff: server, .staff, changes)
      detail.touch(try permit(.moveBooking, person, on: Target(moved)))
      detail.fields = moved.movedFields(from: booking)
      return ticket(moved, isNew: false)
    }
  }

  /// Cancels a booking, whatever the policy says to customers.
  package func cancelBooking(_ id: Identifier, version: Int, by person: StaffPerson) async throws
    -> BookingTicket
  {
    try await act(.bookingCancelled, by: person.actor, for: .callersRequest) { [self] changes, detail in
      let booking = try open(id, version, .cancelBooking, person, changes, &detail)
      guard booking.state == .booked else { throw Refusal(.alreadyEnded) }
      detail.fields = ["state"]
      return ticket(try cancel(booking, changes), isNew: false)
    }
  }

  /// How long before its start somebody may have arrived, in seconds.
  package static let earliestArrival = Int.hours(2)

  /// When a visit can be marked so; a mark is taken back at any time.
  package static func opens(_ mark: BookingState, of booking: BookingRecord) -> Instant? {
    switch mark {
    case .booked, .cancelled: nil
    case .arrived: booking.served.start - earliestArrival
    case .done, .noShow: booking.served.start
    }
  }

  /// Marks a visit as arrived, done or no-show, or takes the mark back.
  ///
  /// - Throws: `.tooEarly` before ``opens(_:of:)``, `.stale`, `.alreadyEnded` when it is cancelled, `.unknown`.
  package func markBooking(
    _ id: Identifier,
    _ mark: BookingState,
    version: Int,
    by person: StaffPerson
  ) async throws -> BookingTicket {
    let now = clock.now()
    return try await act(.bookingMarked, by: person.actor, for: .visit) { [self] changes, detail in
      var booking = try open(id, version, .markVisit, person, changes, &detail)
      guard booking.state != .cancelled else { throw Refusal(.alreadyEnded) }
      guard mark != .cancelled else { throw Refusal.invalid("mark", .notAChoice) }
      if let opens = Desk.opens(mark, of: booking), now < opens { throw Refusal(.tooEarly) }
      try changes.keepBefore(booking)
      booking.state = mark
      booking.version += 1
      guard try changes.update(booking) else { throw Refusal(.stale) }
      detail.fields = ["state"]
      return ticket(booking, isNew: false)
    }
  }

  private func open(
    _ id: Identifier,
    _ version: Int,
    _ verb: Verb,
    _ person: StaffPerson,
    _ changes: any Changes,
    _ detail: inout ActDetail
  ) throws -> BookingRecord {
    // Before it is looked for, or the answer would tell whoever may not do it at all what exists.
    _ = try reach(verb, person)
    try changes.hold([.booking(id)])
    guard let booking = try changes.booking(id) else { throw Refusal(.unknown) }
    detail.touch(try permit(verb, person, on: Target(booking)))
    detail.touch(booking: id)
    guard booking.version == version else { throw Refusal(.stale) }
    return booking
  }
}
