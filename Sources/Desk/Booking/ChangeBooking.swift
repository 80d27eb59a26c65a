import Booking
import Messages
import Primitives
import Storage

extension Desk {
  /// Moves a booking inside an act: decides with its own time given back, occupies the new time, posts the change.
  ///
  /// - Parameter staff: who must serve; nil lets anyone serve.
  func move(
    _ booking: BookingRecord,
    to start: Instant,
    staff: Slug?,
    _ audience: Audience,
    _ changes: any Changes
  ) throws -> BookingRecord {
    let now = clock.now()
    let wish = Wish(
      service: booking.service,
      minutes: booking.served.length / 60,
      staff: staff,
      location: booking.location,
      start: start,
      audience: audience,
      releasing: booking.sitting,
      customer: []
    )
    let (timetable, look) = try lookToDecide(changes, releasing: booking) { try $0.reach(of: wish) }
    let decision = try timetable.decide(wish, agenda: look.agenda, now: now)
    try changes.keepBefore(booking)

    var released = booking
    released.sitting = nil
    released.seat = nil
    released.state = .cancelled
    released.version += 1
    // Two steps, because the old time must be free before the new one is occupied: they may overlap.
    guard try changes.update(released) else { throw Refusal(.stale) }
    if let sitting = booking.sitting, decision.joins != sitting { try changes.vacate(sitting) }

    var moved = booking
    moved.staff = decision.staff
    moved.location = decision.location
    moved.served = decision.served
    moved.sitting = decision.joins
    moved.version = released.version + 1
    moved.staffNamed = booking.staffNamed && moved.staff == booking.staff
    moved = try seat(moved, decision, changes)
    guard try changes.update(moved) else { throw Refusal(.stale) }
    if let until = timetable.service(moved.service)?.firstErasure(after: moved.served.end) {
      try changes.setAnswersUntil(until, of: moved.subject)
    }
    try postChange(.change, of: moved, timetable.business.policy, changes)
    return moved
  }

  /// Cancels a booking inside an act and gives its time back.
  func cancel(_ booking: BookingRecord, _ changes: any Changes) throws -> BookingRecord {
    // Nobody joins a class in the moment in which its last seat is given back.
    try changes.hold(Held.book(of: booking.staff, over: booking.served))
    try changes.keepBefore(booking)
    var cancelled = booking
    cancelled.state = .cancelled
    cancelled.sitting = nil
    cancelled.seat = nil
    cancelled.version += 1
    guard try changes.update(cancelled) else { throw Refusal(.stale) }
    if let sitting = booking.sitting { try changes.vacate(sitting) }
    let (_, timetable) = try catalog.held ?? catalog.load(changes)
    try postChange(.cancellation, of: cancelled, timetable.business.policy, changes)
    return cancelled
  }

  private func postChange(
    _ kind: MessageKind,
    of booking: BookingRecord,
    _ policy: Policy,
    _ changes: any Changes
  ) throws {
    try changes.withdrawMessages(of: booking.id)
    guard try changes.contact(booking.subject)?.email != nil else { return }
    try changes.post(messages(kind, for: booking, policy: policy, now: clock.now()))
  }
}

extension BookingRecord {
  /// What a move has changed, as its entry names it.
  func movedFields(from earlier: BookingRecord) -> [String] {
    var fields: [String] = []
    if location != earlier.location { fields.append("location") }
    if staff != earlier.staff { fields.append("staff") }
    if served != earlier.served { fields.append("start") }
    return fields
  }
}
