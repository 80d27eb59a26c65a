package import Booking
package import Primitives

/// What one look at the book shows: the business's version, what is booked or blocked, and whether a repeated request
/// was answered before. One statement, so that the slots of a day cost one.
package struct Look: Sendable {
  package var businessVersion = 0
  package var agenda = Agenda()
  /// The booking that an earlier request with the same idempotency key made.
  package var earlier: EarlierRequest?
}

package struct EarlierRequest: Sendable {
  package let booking: Identifier
  /// Whether it asked for the same, or only bore the same key.
  package let isSame: Bool
}

/// What recognises a repeated request: keyed hashes of its idempotency key and of its content.
package struct RequestHashes: Sendable {
  package let key: [UInt8]
  package let content: [UInt8]

  package init(key: [UInt8], content: [UInt8]) {
    self.key = key
    self.content = content
  }
}

/// The longest occupied interval, in seconds; the schema's CHECK holds it too.
private let longestOccupancy = 172_800

extension Records {
  /// All sittings and time off of `staff` that overlap `span`.
  ///
  /// The cost grows with what overlaps the span, not with the past: the primary key (unit, start) is scanned from two
  /// days before it.
  package func look(
    staff: [Slug],
    over span: Interval,
    repeated: RequestHashes? = nil
  ) throws -> Look {
    let units = staff.map { Value.text(unit(of: $0)) }
    var sql: SQL = """
      SELECT 0, version, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM business
      UNION ALL
      SELECT 1, start, "end", served_start, served_end, capacity,
        CASE capacity WHEN 1 THEN 1 ELSE (SELECT count(*) FROM booking WHERE sitting = occupancy.id) END,
        id, unit, service
      FROM occupancy
      WHERE unit IN (\(list: units)) AND start > \(span.start - longestOccupancy) AND start < \(span.end)
        AND "end" > \(span.start)
      UNION ALL
      SELECT 2, start, "end", NULL, NULL, NULL, NULL, id, staff, NULL FROM time_off
      WHERE staff IN (\(list: staff.map { .text($0.text) })) AND "end" > \(span.start) AND start < \(span.end)
      """
    if let repeated {
      sql += """

        UNION ALL
        SELECT 3, CASE WHEN request_hash = \(repeated.content) THEN 1 ELSE 0 END, NULL, NULL, NULL, NULL, NULL, id,
          NULL, NULL
        FROM booking WHERE idempotency = \(repeated.key)
        """
    }
    var look = Look()
    try rows(sql) { row in
      switch row.int(0) {
      case 0: look.businessVersion = row.int(1)
      case 1: look.agenda.sittings.append(try sittingRow(row))
      case 2: look.agenda.timeOff.append(try timeOffRow(row))
      default: look.earlier = EarlierRequest(booking: try row.identifier(7), isSame: row.bool(1))
      }
    }
    return look
  }
}

extension Changes {
  /// Occupies a staff member; ``StorageFault/constraint(_:)`` `occupied` when somebody was quicker.
  package func occupy(_ sitting: Sitting) throws {
    try write(
      """
      INSERT INTO occupancy (unit, start, "end", id, service, served_start, served_end, capacity)
      VALUES (\(unit(of: sitting.staff)), \(sitting.occupied.start), \(sitting.occupied.end), \(sitting.id),
        \(sitting.service), \(sitting.served.start), \(sitting.served.end), \(sitting.capacity))
      """
    )
  }

  /// Gives the time back when nobody sits there any more.
  package func vacate(_ sitting: Identifier) throws {
    try write(
      """
      DELETE FROM occupancy
      WHERE id = \(sitting) AND NOT EXISTS (SELECT 1 FROM booking WHERE sitting = \(sitting))
      """
    )
  }

  package func add(_ timeOff: TimeOff) throws {
    try write(
      """
      INSERT INTO time_off (id, staff, start, "end")
      VALUES (\(timeOff.id), \(timeOff.staff), \(timeOff.interval.start), \(timeOff.interval.end))
      """
    )
  }

  /// False when there is no such time off.
  package func removeTimeOff(_ id: Identifier) throws -> Bool {
    try run("DELETE FROM time_off WHERE id = \(id)") > 0
  }
}

extension Records {
  package func timeOff(_ id: Identifier) throws -> TimeOff? {
    try first("SELECT 2, start, \"end\", 0, 0, 0, 0, id, staff FROM time_off WHERE id = \(id)", timeOffRow)
  }
}

/// The unit a staff member is; rooms and equipment will be others.
private func unit(of staff: Slug) -> String { "staff/" + staff.text }

private func sittingRow(_ row: any Row) throws -> Sitting {
  guard let staff = Slug(row.text(8).dropFirst("staff/".count)),
    let served = Interval(start: row.instant(3), end: row.instant(4)),
    let occupied = Interval(start: row.instant(1), end: row.instant(2))
  else { throw StorageFault.damaged("occupancy") }
  return Sitting(
    id: try row.identifier(7),
    staff: staff,
    service: try row.slug(9),
    served: served,
    occupied: occupied,
    capacity: row.int(5),
    taken: row.int(6)
  )
}

private func timeOffRow(_ row: any Row) throws -> TimeOff {
  guard let interval = Interval(start: row.instant(1), end: row.instant(2)) else {
    throw StorageFault.damaged("time_off")
  }
  return TimeOff(id: try row.identifier(7), staff: try row.slug(8), interval: interval)
}
