/// The rules of one IANA time zone, read from the system's own tzdata (TZif, RFC 9636).
///
/// A reference to an immutable table: cheap to copy, safe to share. Every question is a binary search over
/// the zone's changes up to the year 2100, later times are answered from the file's POSIX rule; nothing here
/// asks Foundation. Seconds east of Greenwich everywhere.
package struct Zone: Hashable, Sendable, CustomStringConvertible {
  let table: ZoneTable

  /// Reads `folder/named`.
  ///
  /// - Throws: ``ZoneFault/unknown(_:)`` for a name that is not a zone's (nothing outside `folder` is ever
  ///   opened),
  /// ``ZoneFault/damaged(_:_:)`` for a file that does not hold version 2 or later of the format, or counts
  /// leap seconds.
  package init(named name: String, in folder: String = "/usr/share/zoneinfo") throws(ZoneFault) {
    table = try ZoneFile.read(name, in: folder)
  }

  init(_ table: ZoneTable) { self.table = table }

  package var name: String { table.name }
  package var description: String { table.name }

  /// Seconds east of UTC.
  package func offset(at instant: Instant) -> Int { table.segment(at: Int(instant.seconds)).offset }

  /// What the zone's clock is called then, such as `EET` or `+03`.
  package func abbreviation(at instant: Instant) -> String {
    table.labels[table.segment(at: Int(instant.seconds)).label]
  }

  package func wallTime(at instant: Instant) -> WallTime {
    let local = Int(instant.seconds) + offset(at: instant)
    let day = CivilDay.floorDiv(local, 86_400)
    return WallTime(day: CivilDay(number: day), second: local - day * 86_400)
  }

  package func day(at instant: Instant) -> CivilDay {
    CivilDay(number: CivilDay.floorDiv(Int(instant.seconds) + offset(at: instant), 86_400))
  }

  /// The first instant at which the zone's clock shows this day; the end of the gap where the day's midnight
  /// does not exist. A day that was left out altogether begins, empty, where the next one does.
  package func startOfDay(_ day: CivilDay) -> Instant {
    switch instants(of: WallTime(day: day, second: 0)) {
    case .once(let instant), .gap(let instant), .twice(let instant, _): instant
    }
  }

  /// The civil day as a stretch of time; nil for a day that was left out.
  package func interval(of day: CivilDay) -> Interval? {
    Interval(start: startOfDay(day), end: startOfDay(day + 1))
  }

  package static func == (one: Zone, other: Zone) -> Bool {
    one.table === other.table || one.table.isSame(as: other.table)
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(table.name) }
}
