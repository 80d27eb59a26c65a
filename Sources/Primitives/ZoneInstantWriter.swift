/// Writes instants of one zone as ``Zone/rfc3339(_:)`` does; neighbours of the same civil day cost a copy of
/// 25 bytes.
package struct InstantWriter {
  private let table: ZoneTable
  /// The stretch for which all but the six digits of the time of day stay as they are in `text`.
  private var start = 0
  private var end = 0
  /// The instant of midnight by the offset in `text`.
  private var midnight = 0
  private var text: [UInt8] = []
  /// Where the hour stands in `text`.
  private var hour = 0

  package init(_ zone: Zone) { table = zone.table }

  /// Adds `2026-10-31T22:00:00-04:00` as ASCII.
  package mutating func append(_ instant: Instant, to bytes: inout [UInt8]) {
    let seconds = Int(instant.seconds)
    if seconds < start || seconds >= end { turn(to: seconds) }
    let second = seconds - midnight
    put(second / 3_600, at: hour)
    put(second / 60 % 60, at: hour + 3)
    put(second % 60, at: hour + 6)
    bytes.append(contentsOf: text)
  }

  private mutating func put(_ value: Int, at position: Int) {
    text[position] = 0x30 + UInt8(truncatingIfNeeded: value / 10)
    text[position + 1] = 0x30 + UInt8(truncatingIfNeeded: value % 10)
  }

  private mutating func turn(to seconds: Int) {
    let segment = table.segment(at: seconds)
    let offset = segment.offset / 60 * 60
    let day = CivilDay(number: CivilDay.floorDiv(seconds + offset, 86_400))
    midnight = day.number * 86_400 - offset
    start = max(segment.start, midnight)
    end = min(segment.end, midnight + 86_400)
    let date = day.description + "T"
    let minutes = abs(offset) / 60
    let sign = offset < 0 ? "-" : "+"
    text = Array("\(date)00:00:00\(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))".utf8)
    hour = date.utf8.count
  }
}
