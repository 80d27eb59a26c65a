extension Zone {
  /// `2026-10-31T22:00:00-04:00`; seconds always, the zone's offset always, never `Z`.
  ///
  /// Offsets with seconds (local mean time, mostly before 1970) are cut to whole minutes and the time is told
  /// accordingly: RFC 3339 has no offset seconds.
  package func rfc3339(_ instant: Instant) -> String {
    var bytes: [UInt8] = []
    append(instant, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same, added to `bytes` as ASCII. For many instants in a row ``InstantWriter`` is faster.
  package func append(_ instant: Instant, to bytes: inout [UInt8]) {
    var writer = InstantWriter(self)
    writer.append(instant, to: &bytes)
  }
}

extension Instant {
  /// Reads RFC 3339 `date-time` with an offset or `Z`; seconds may be left out, a fraction may hold zeros
  /// only.
  ///
  /// Refuses (nil) local times without offset, leap seconds, days that do not exist, and a space for the `T`.
  package init?(rfc3339 text: some StringProtocol) {
    var reader = DateTimeReader(bytes: Array(text.utf8))
    guard (16...40).contains(reader.bytes.count),
      let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
      let dayOfMonth = reader.digits(2), let day = CivilDay(year: year, month: month, day: dayOfMonth),
      reader.take("T") || reader.take("t"), let hour = reader.digits(2), hour < 24, reader.take(":"),
      let minute = reader.digits(2), minute < 60
    else { return nil }
    var second = 0
    if reader.take(":") {
      guard let given = reader.digits(2), given < 60 else { return nil }
      second = given
      if reader.take(".") {
        guard reader.take("0") else { return nil }
        while reader.take("0") {}
      }
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    self.init(seconds: Int64(day.number * 86_400 + hour * 3_600 + minute * 60 + second - offset))
  }
}

private struct DateTimeReader {
  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
    at += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard at + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[at..<at + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    at += count
    return value
  }

  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let west = take("-")
    guard west || take("+"), let hours = digits(2), hours < 24, take(":"), let minutes = digits(2),
      minutes < 60
    else { return nil }
    return (west ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}
