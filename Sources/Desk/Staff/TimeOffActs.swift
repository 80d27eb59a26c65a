import Audit
package import Booking
import People
package import Primitives
import Storage

/// Time that was blocked, and the bookings it hits: each needs to be moved or cancelled.
package struct BlockedTime: Sendable {
  package let timeOff: TimeOff
  package let hits: [DayVisit]
}

extension Desk {
  /// Blocks a stretch at once: "sick at seven in the morning". What is booked stays and is listed. No reason is asked,
  /// because a reason would be health data.
  ///
  /// - Throws: `.invalid` for an end that is not after the start or more than a year of it.
  package func blockTimeOff(
    staff: Slug,
    from start: Instant,
    to end: Instant,
    by person: StaffPerson
  ) async throws -> BlockedTime {
    let timetable = try await timetable()
    let now = clock.now()
    let (timeOff, rows) = try await act(.timeOffAdded, by: person.actor, for: .administration) {
      [self] changes, detail in
      try permit(.blockTimeOff, person, on: target(workOf: staff, timetable))
      guard timetable.staffMember(staff) != nil else { throw Refusal.invalid("staff", .notAChoice) }
      guard let interval = Interval(start: start, end: end), interval.length <= .days(366) else {
        throw Refusal.invalid("to", .notATime)
      }
      // A booking that is being decided comes first and is among the hits, or sees the time off.
      try changes.hold([.staff(staff)])
      let timeOff = TimeOff(id: Identifier(at: now), staff: staff, interval: interval)
      try changes.add(timeOff)
      let hits = try self.hits(of: timeOff, changes, person, now)
      detail.touch(staff: staff)
      detail.show(hits)
      detail.touchLeave(of: person.holder, showing: hits, now: now)
      return (timeOff, hits)
    }
    return BlockedTime(timeOff: timeOff, hits: try await open(rows, timetable, for: person))
  }

  /// The bookings that a block still hits; recorded like any list.
  package func openTimeOff(_ id: Identifier, by person: StaffPerson) async throws -> BlockedTime {
    _ = try await requireReach(.blockTimeOff, by: person, .dayOpened, for: .visit)
    let now = clock.now()
    let timetable = try await timetable()
    let found = try await store.read { [self] records -> (TimeOff, [(BookingRecord, ContactRecord?)])? in
      guard let timeOff = try records.timeOff(id) else { return nil }
      return (timeOff, try self.hits(of: timeOff, records, person, now))
    }
    guard let (timeOff, rows) = found else {
      try await refuse(.dayOpened, by: person.actor, for: .visit, Refusal(.unknown))
    }
    let target = target(workOf: timeOff.staff, timetable)
    try await require(.blockTimeOff, by: person, on: target, .dayOpened, for: .visit)
    _ = try await show(.dayOpened, to: person, for: .visit) { _, detail in
      detail.show(rows)
      detail.touchLeave(of: person.holder, showing: rows, now: now)
      return ((), of: rows.subjects)
    }
    return BlockedTime(timeOff: timeOff, hits: try await open(rows, timetable, for: person))
  }

  /// Time off to come, of all whose time the reader may block.
  package func comingTimeOff(by person: StaffPerson) async throws -> [TimeOff] {
    _ = try await requireReach(.blockTimeOff, by: person, .dayOpened, for: .visit)
    let now = clock.now()
    let timetable = try await timetable()
    let staff = timetable.business.staff.map(\.id).filter {
      may(.blockTimeOff, person, on: target(workOf: $0, timetable))
    }
    guard let span = Interval(start: now, end: now + .days(366)) else { return [] }
    return try await store.read { try $0.look(staff: staff, over: span).agenda.timeOff }
      .sorted { $0.interval.start < $1.interval.start }
  }

  /// Lifts a block.
  package func liftTimeOff(_ id: Identifier, by person: StaffPerson) async throws {
    try await act(.timeOffLifted, by: person.actor, for: .administration) { [self] changes, detail in
      _ = try reach(.liftTimeOff, person)
      guard let timeOff = try changes.timeOff(id) else { throw Refusal(.unknown) }
      let (_, timetable) = try catalog.held ?? catalog.load(changes)
      try permit(.liftTimeOff, person, on: target(workOf: timeOff.staff, timetable))
      _ = try changes.removeTimeOff(id)
      detail.touch(staff: timeOff.staff)
    }
  }

  private func hits(
    of timeOff: TimeOff,
    _ records: any Records,
    _ person: StaffPerson,
    _ now: Instant
  ) throws -> [(BookingRecord, ContactRecord?)] {
    let sight = person.holder.sight(now: now)
    return try records.day(of: [timeOff.staff], over: timeOff.interval, through: sight, now: now).visits
      .filter { $0.0.state == .booked && $0.0.served.overlaps(timeOff.interval) }
  }
}
