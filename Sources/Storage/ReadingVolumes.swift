package import Primitives

/// How many customers somebody has been shown on a day, and in its newest minute.
package struct ReadingVolume: Sendable, Hashable {
  package let inDay: Int
  package let inMinute: Int
  package let toldAt: Instant?
}

extension Records {
  package func readingVolume(of staff: Slug, on day: Int) throws -> ReadingVolume? {
    try first(
      "SELECT in_day, in_minute, told_at FROM reading_volume WHERE staff = \(staff) AND day = \(day)"
    ) { ReadingVolume(inDay: $0.int(0), inMinute: $0.int(1), toldAt: $0.optionalInstant(2)) }
  }
}

extension Changes {
  /// Adds to what somebody has been shown; the row is theirs until the act ends.
  ///
  /// - Parameters:
  ///   - day: days since 1970 in UTC.
  ///   - minute: minutes since then.
  package func countReading(_ count: Int, by staff: Slug, day: Int, minute: Int) throws {
    try write(
      """
      INSERT INTO reading_volume (staff, day, in_day, minute, in_minute)
      VALUES (\(staff), \(day), \(count), \(minute), \(count))
      ON CONFLICT (staff, day) DO UPDATE SET in_day = reading_volume.in_day + excluded.in_day,
        in_minute = CASE WHEN reading_volume.minute = excluded.minute THEN reading_volume.in_minute ELSE 0 END
          + excluded.in_minute,
        minute = excluded.minute
      """
    )
  }

  /// Notes that the owners know; false when they did before.
  package func markVolumeTold(of staff: Slug, on day: Int, at now: Instant) throws -> Bool {
    try run(
      """
      INSERT INTO reading_volume (staff, day, in_day, minute, in_minute, told_at)
      VALUES (\(staff), \(day), 0, 0, 0, \(now))
      ON CONFLICT (staff, day) DO UPDATE SET told_at = excluded.told_at WHERE reading_volume.told_at IS NULL
      """
    ) == 1
  }

  package func dropReadingVolumes(before day: Int) throws {
    try write("DELETE FROM reading_volume WHERE day < \(day)")
  }
}
