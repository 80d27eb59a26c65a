import Foundation
import Testing

@testable import Primitives

@Suite struct ZoneTests {
  @Test func `Cairo's and Santiago's days begin after the gap at midnight`() throws {
    let cairo = try Zone(named: "Africa/Cairo")
    let lastFriday = try #require(CivilDay("2026-04-24"))
    #expect(cairo.rfc3339(cairo.startOfDay(lastFriday)) == "2026-04-24T01:00:00+03:00")
    let santiago = try Zone(named: "America/Santiago")
    let sunday = try #require(CivilDay("2026-09-06"))
    #expect(santiago.rfc3339(santiago.startOfDay(sunday)) == "2026-09-06T01:00:00-03:00")
    #expect(
      santiago.instants(of: WallTime(day: sunday, minute: 30)) == .gap(end: santiago.startOfDay(sunday))
    )
    #expect(santiago.interval(of: sunday)?.length == .hours(23))
  }

  @Test func `Lord Howe's clocks move by half an hour`() throws {
    let zone = try Zone(named: "Australia/Lord_Howe")
    let back = try #require(CivilDay("2026-04-05"))
    guard case .twice(let first, let second) = zone.instants(of: WallTime(day: back, minute: 105)) else {
      Issue.record("01:45 is shown twice")
      return
    }
    #expect(second - first == .minutes(30))
    #expect(zone.rfc3339(first) == "2026-04-05T01:45:00+11:00")
    #expect(zone.rfc3339(second) == "2026-04-05T01:45:00+10:30")
  }

  @Test func `a day that was left out is empty and begins with the next one`() throws {
    let apia = try Zone(named: "Pacific/Apia")
    let leftOut = try #require(CivilDay("2011-12-30"))
    #expect(apia.startOfDay(leftOut) == apia.startOfDay(leftOut + 1))
    #expect(apia.interval(of: leftOut) == nil)
    #expect(apia.day(at: apia.startOfDay(leftOut) - 1) == leftOut - 1)
  }

  @Test func `rules go on after the last year that is written out`() throws {
    let newYork = try Zone(named: "America/New_York")
    let summer = try #require(Instant(rfc3339: "2345-07-01T12:00:00Z"))
    let winter = try #require(Instant(rfc3339: "2345-01-01T12:00:00Z"))
    #expect(newYork.offset(at: summer) == -4 * 3_600)
    #expect(newYork.abbreviation(at: summer) == "EDT")
    #expect(newYork.offset(at: winter) == -5 * 3_600)
    #expect(newYork.abbreviation(at: winter) == "EST")
    let day = try #require(CivilDay("2345-06-15"))
    #expect(newYork.rfc3339(newYork.startOfDay(day)) == "2345-06-15T00:00:00-04:00")
  }

  @Test(arguments: [
    "", "..", "../passwd", "Europe/../../etc/passwd", "/etc/localtime", "Europe/", "Europe//Vilnius",
    "Europe/Vilnius\u{0}",
    "localtime", "Nowhere/Land", "Europe", "éurope", "Europe/Vilnius ",
  ])
  func `a name that is no zone is refused`(name: String) {
    #expect(throws: ZoneFault.unknown(name)) { try Zone(named: name) }
  }

  @Test func `a file cut short or scribbled over is refused, never misread beyond its end`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/America/Santiago")))
    #expect(throws: Never.self) { try ZoneFile.table("Whole", whole) }
    for length in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: ZoneFile.Damage.self) { try ZoneFile.table("Short", Array(whole[..<length])) }
    }
    for position in stride(from: 0, to: whole.count, by: 11) {
      var scribbled = whole
      scribbled[position] = 0xFF
      _ = try? ZoneFile.table("Scribbled", scribbled)
    }
    try Data(whole[..<100]).write(to: folder.appending(path: "Short"))
    #expect(throws: ZoneFault.damaged("Short", "cut short")) { try Zone(named: "Short", in: folder.path) }
    if FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/right/Europe/Vilnius") {
      #expect(throws: ZoneFault.damaged("right/Europe/Vilnius", "leap seconds are counted")) {
        try Zone(named: "right/Europe/Vilnius")
      }
    }
  }

  @Test func `footers are read as RFC 9636 and POSIX have them`() throws {
    func rule(_ text: String) -> ZoneRule? { ZoneRule(Array(text.utf8)) }
    #expect(rule("<+03>-3")?.standard == ZoneTable.Kind(offset: 10_800, label: "+03"))
    #expect(rule("<-0330>3:30")?.standard.offset == -12_600)
    let dublin = try #require(rule("IST-1GMT0,M10.5.0,M3.5.0/1"))
    #expect(dublin.summer == ZoneTable.Kind(offset: 0, label: "GMT"))
    // Godthab: hours below zero; Gaza: hours beyond a day.
    let nuuk = try #require(rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"))
    #expect(nuuk.changes(from: 2026, through: 2026).map(\.at) == [1_774_746_000, 1_792_890_000])
    let gaza = try #require(rule("EET-2EEST,M3.4.4/50,M10.4.4/50"))
    #expect(gaza.changes(from: 2026, through: 2026).map(\.at) == [1_774_656_000, 1_792_796_400])
    // A file whose one change is "always" does not have its rule written out from then.
    let table = ZoneTable(
      name: "Test",
      first: nuuk.standard,
      recorded: [(at: -1 << 59, kind: nuuk.standard)],
      rule: nuuk
    )
    #expect(Zone(table).offset(at: Instant(seconds: 1_774_746_000)) == -3_600)
    // Summer time all the year round, RFC 9636 §3.3.1.
    let always = try #require(rule("EST5EDT,0/0,J365/25"))
    #expect(always.changes(from: 2026, through: 2030).dropLast().allSatisfy { $0.kind.label == "EDT" })
    #expect(rule("XYZ-2XST,J60,J300/2:30:15") != nil)
    for bad in [
      "", "E", "EET", "EET-2EEST", "EET-2EEST,M3.5.0/3", "EET-2EEST,M13.1.0,M10.5.0", "EET-25", "<+03-3",
      "EET-2EEST,M3.5.0/168,M10.5.0", "EET-2EEST,M3.5.7,M10.5.0", "EET-2 ", "EET-2EEST,J0,J10",
      "EET-2EEST,M3.5.0,M10.5.0,",
    ] { #expect(rule(bad) == nil, "\(bad)") }
  }

  @Test func `a library reads a zone once and lists names people look for`() throws {
    let library = ZoneLibrary()
    let one = try library.zone(named: "Europe/Vilnius")
    let two = try library.zone(named: "Europe/Vilnius")
    #expect(one.table === two.table)
    #expect(try one == Zone(named: "Europe/Vilnius"))
    #expect(library.names.contains("Europe/Vilnius") && library.names.contains("Europe/Oslo"))
    #expect(library.names.contains("UTC") && library.names == library.names.sorted())
    for name in library.names { #expect(throws: Never.self) { try library.zone(named: name) } }
    #expect(throws: ZoneFault.unknown("Middle/Earth")) { try library.zone(named: "Middle/Earth") }
    #expect(ZoneLibrary(folder: "/nowhere").names == ["UTC"])
  }
}

@Suite struct InstantTextTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T02:00:00+02:00", 0), ("1969-12-31t19:00:00-05:00", 0),
    ("1970-01-01T00:00z", 0), ("2026-10-31T22:00:00-04:00", 1_793_498_400),
    ("2026-10-31T22:00:00.000-04:00", 1_793_498_400),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ])
  func `an instant is read with its offset`(text: String, seconds: Int64) {
    #expect(Instant(rfc3339: text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "2026-10-31", "2026-10-31T22:00:00", "2026-10-31 22:00:00Z", "2026-02-29T00:00:00Z",
    "2026-10-31T24:00:00Z",
    "2026-10-31T22:60:00Z", "2026-10-31T22:00:60Z", "2026-10-31T22:00:00.5Z", "2026-10-31T22:00:00.Z",
    "2026-10-31T22:00:00+2:00", "2026-10-31T22:00:00+24:00", "2026-10-31T22:00:00+02:60",
    "2026-10-31T22:00:00Zz",
    "+2026-10-31T22:00:00Z", "2026-10-31T22:00:00 02:00", "२०२६-10-31T22:00:00Z", "0000-01-01T00:00:00Z",
  ])
  func `anything else is no instant`(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test func `what is written is read back, in every zone`() throws {
    for name in ZoneLibrary.system.names {
      let zone = try ZoneLibrary.system.zone(named: name)
      for seconds in stride(from: Int64(-4_000_000_000), to: 4_200_000_000, by: 97_654_321) {
        let instant = Instant(seconds: seconds)
        #expect(Instant(rfc3339: zone.rfc3339(instant)) == instant, "\(name)")
      }
    }
    #expect(try Zone(named: "UTC").rfc3339(Instant(seconds: 0)) == "1970-01-01T00:00:00+00:00")
  }
}
