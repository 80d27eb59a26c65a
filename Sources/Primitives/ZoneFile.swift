import FoundationEssentials

/// Reads TZif files (RFC 9636): the 64-bit block of version 2 and later, and the footer.
enum ZoneFile {
  static func read(_ name: String, in folder: String) throws(ZoneFault) -> ZoneTable {
    guard isName(name), let content = FileManager.default.contents(atPath: folder + "/" + name) else {
      throw .unknown(name)
    }
    do {
      return try table(name, [UInt8](content))
    } catch {
      throw .damaged(name, error.reason)
    }
  }

  /// Letters, digits, `_`, `+`, `-` in parts divided by single slashes, as IANA's naming rules have it; so
  /// neither `..` nor an absolute path. `localtime` and `posixrules` are not zones but the machine's choice
  /// of one.
  static func isName(_ name: String) -> Bool {
    guard (1...64).contains(name.utf8.count), name != "localtime", name != "posixrules" else { return false }
    var previousWasSlash = true
    for byte in name.utf8 {
      switch byte {
      case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x5F, 0x2B, 0x2D: previousWasSlash = false
      case 0x2F where !previousWasSlash: previousWasSlash = true
      default: return false
      }
    }
    return !previousWasSlash
  }

  struct Damage: Error {
    let reason: String
  }

  static func table(_ name: String, _ bytes: [UInt8]) throws(Damage) -> ZoneTable {
    var reader = Reader(bytes: bytes)
    let old = try reader.header()
    guard old.version >= UInt8(ascii: "2") else { throw Damage(reason: "version 1 of the format") }
    try reader.skip(old.length(timeSize: 4))
    let header = try reader.header()
    guard header.leaps == 0 else { throw Damage(reason: "leap seconds are counted") }
    guard header.types > 0, header.characters > 0, header.times <= reader.left else {
      throw Damage(reason: "no kinds of time")
    }
    var times: [Int] = []
    for _ in 0..<header.times {
      let time = Int(truncatingIfNeeded: try reader.integer(8))
      guard times.last.map({ $0 < time }) ?? true else { throw Damage(reason: "changes out of order") }
      times.append(time)
    }
    let indexes = try reader.take(header.times)
    var records: [(offset: Int, name: Int)] = []
    for _ in 0..<header.types {
      let offset = Int(Int32(truncatingIfNeeded: try reader.integer(4)))
      let daylight = try reader.integer(1)
      let name = Int(try reader.integer(1))
      // RFC 9636 §3.2: more than -25 hours and less than 26 hours.
      guard offset > -90_000, offset < 93_600, daylight <= 1, name < header.characters else {
        throw Damage(reason: "an impossible kind of time")
      }
      records.append((offset, name))
    }
    let characters = try reader.take(header.characters)
    try reader.skip(header.standardFlags + header.universalFlags)
    let kinds = records.map { record in
      let text = characters.dropFirst(record.name).prefix { $0 != 0 }
      return ZoneTable.Kind(offset: record.offset, label: String(decoding: text, as: UTF8.self))
    }
    guard indexes.allSatisfy({ Int($0) < kinds.count }) else {
      throw Damage(reason: "a change to no kind of time")
    }
    return ZoneTable(
      name: name,
      first: kinds[0],
      recorded: zip(times, indexes).map { (at: $0, kind: kinds[Int($1)]) },
      rule: try reader.footer()
    )
  }

  private struct Header {
    let version: UInt8
    let universalFlags, standardFlags, leaps, times, types, characters: Int

    func length(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardFlags
        + universalFlags
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var left: Int { bytes.count - at }

    mutating func take(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
      guard count <= left else { throw Damage(reason: "cut short") }
      at += count
      return bytes[at - count..<at]
    }

    mutating func skip(_ count: Int) throws(Damage) { _ = try take(count) }

    /// Big-endian.
    mutating func integer(_ size: Int) throws(Damage) -> UInt64 {
      try take(size).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func header() throws(Damage) -> Header {
      guard try take(4).elementsEqual("TZif".utf8) else { throw Damage(reason: "not a TZif file") }
      let version = UInt8(try integer(1))
      try skip(15)
      var counts: [Int] = []
      for _ in 0..<6 { counts.append(Int(try integer(4))) }
      return Header(
        version: version,
        universalFlags: counts[0],
        standardFlags: counts[1],
        leaps: counts[2],
        times: counts[3],
        types: counts[4],
        characters: counts[5]
      )
    }

    /// A line of its own; an empty one says nothing about the time after the last change.
    mutating func footer() throws(Damage) -> ZoneRule? {
      guard try take(1).first == 0x0A, let end = bytes[at...].firstIndex(of: 0x0A) else {
        throw Damage(reason: "no footer")
      }
      let text = bytes[at..<end]
      guard !text.isEmpty else { return nil }
      guard let rule = ZoneRule(text) else { throw Damage(reason: "a footer that is no rule") }
      return rule
    }
  }
}
