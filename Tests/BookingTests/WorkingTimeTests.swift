import Primitives
import Testing

@testable import Booking

@Suite struct WorkingTimeTests {
  private func working(_ example: Example, _ first: String, _ last: String? = nil) throws -> [String] {
    let zone = try ZoneLibrary.system.zone(named: example.zone)
    let span = try example.span(first, last)
    return try example.timetable.working(staff: slug("tadas"), over: span).map {
      "\(zone.rfc3339($0.interval.start).dropLast(9))/\(zone.rfc3339($0.interval.end).dropLast(9))"
    }
  }

  @Test(arguments: [("2026-03-07", 7), ("2026-10-31", 9), ("2026-11-20", 8)])
  func `a night in New York is as long as its clocks make it`(date: String, length: Int) throws {
    let example = try Example(
      zone: "America/New_York",
      services: [service()],
      staff: [member("tadas", [weekly("22:00-06:00")])]
    )
    let evening = try moment(date + "T23:00:00-05:00")
    let span = try #require(Interval(start: evening, end: evening + 1))
    let shifts = try example.timetable.working(staff: slug("tadas"), over: span)
    #expect(shifts.map(\.interval.length) == [.hours(length)])
  }

  @Test func `a repeated hour offers both passes, each with its offset`() throws {
    let example = try Example(
      zone: "America/New_York",
      services: [service()],
      staff: [member("tadas", [weekly("22:00-06:00", [.saturday])])]
    )
    #expect(
      try example.starts(of: "repair", on: "2026-11-01") == [
        "2026-11-01T00:00:00-04:00", "2026-11-01T01:00:00-04:00", "2026-11-01T01:00:00-05:00",
        "2026-11-01T02:00:00-05:00", "2026-11-01T03:00:00-05:00", "2026-11-01T04:00:00-05:00",
        "2026-11-01T05:00:00-05:00",
      ]
    )
  }

  @Test func `a closing time in a repeated hour means its second pass, an opening time its first`() throws {
    let closing = try Example(
      zone: "America/New_York",
      staff: [member("tadas", [weekly("23:00-01:30", [.saturday])])]
    )
    #expect(try working(closing, "2026-10-31") == ["2026-10-31T23:00/2026-11-01T01:30"])
    let span = try closing.span("2026-11-01")
    let length = try closing.timetable.working(staff: slug("tadas"), over: span).first?.interval.length
    #expect(length == .minutes(210))
    let opening = try Example(
      zone: "America/New_York",
      staff: [member("tadas", [weekly("01:30-04:00", [.sunday])])]
    )
    let morning = try opening.timetable.working(staff: slug("tadas"), over: opening.span("2026-11-01"))
    #expect(
      morning.map(\.interval) == [try interval("2026-11-01T01:30:00-04:00", "2026-11-01T04:00:00-05:00")]
    )
  }

  @Test func `a wall time in a gap is the gap's end, for opening and for closing`() throws {
    let opening = try Example(zone: "America/New_York", staff: [member("tadas", [weekly("02:30-05:00")])])
    #expect(try working(opening, "2026-03-08") == ["2026-03-08T03:00/2026-03-08T05:00"])
    let closing = try Example(zone: "America/New_York", staff: [member("tadas", [weekly("00:00-02:30")])])
    #expect(try working(closing, "2026-03-08") == ["2026-03-08T00:00/2026-03-08T03:00"])
    let within = try Example(zone: "America/New_York", staff: [member("tadas", [weekly("02:00-02:45")])])
    #expect(try working(within, "2026-03-08") == [])
  }

  @Test func `Cairo's and Santiago's midnight gaps and Lord Howe's half hour`() throws {
    let cairo = try Example(
      zone: "Africa/Cairo",
      staff: [member("tadas", [weekly("22:00-02:00", [.thursday])])]
    )
    let night = try cairo.timetable.working(staff: slug("tadas"), over: cairo.span("2026-04-23"))
    #expect(night.map(\.interval) == [try interval("2026-04-23T22:00:00+02:00", "2026-04-24T02:00:00+03:00")])
    #expect(night.first?.interval.length == .hours(3))
    let santiago = try Example(
      zone: "America/Santiago",
      services: [service()],
      staff: [member("tadas", [weekly("00:00-03:00", [.sunday])])]
    )
    #expect(
      try santiago.starts(of: "repair", on: "2026-09-06") == [
        "2026-09-06T01:00:00-03:00", "2026-09-06T02:00:00-03:00",
      ]
    )
    let howe = try Example(
      zone: "Australia/Lord_Howe",
      services: [service("repair", [30])],
      staff: [member("tadas", [weekly("01:00-03:00", [.sunday])])]
    )
    #expect(
      try howe.starts(of: "repair", on: "2026-04-05") == [
        "2026-04-05T01:00:00+11:00", "2026-04-05T01:30:00+11:00", "2026-04-05T01:30:00+10:30",
        "2026-04-05T02:00:00+10:30", "2026-04-05T02:30:00+10:30",
      ]
    )
  }

  @Test func `breaks cut and restart the grid, also after midnight and however they are written`() throws {
    let day = try Example(
      services: [service(step: 60)],
      staff: [member("tadas", [weekly("09:00-15:00", breaks: ["12:15-12:45"])])]
    )
    #expect(try day.times(of: "repair", on: "2026-11-23") == ["09:00", "10:00", "11:00", "12:45", "13:45"])
    let late = try #require(HourRange(start: 1_500, end: 1_560))
    for pause in [try hours("01:00-02:00"), late] {
      var rule = try weekly("22:00-06:00")
      rule.breaks = [pause]
      let night = try Example(staff: [member("tadas", [rule])])
      #expect(
        try working(night, "2026-11-24").contains("2026-11-24T02:00/2026-11-24T06:00"),
        "\(pause)"
      )
      #expect(try working(night, "2026-11-23").contains("2026-11-23T22:00/2026-11-24T01:00"), "\(pause)")
    }
  }

  @Test func `a break in a repeated hour is kept in both passes`() throws {
    let example = try Example(
      zone: "America/New_York",
      staff: [member("tadas", [weekly("22:00-06:00", [.saturday], breaks: ["01:15-01:45"])])]
    )
    #expect(
      try working(example, "2026-10-31", "2026-11-01") == [
        "2026-10-31T22:00/2026-11-01T01:15", "2026-11-01T01:45/2026-11-01T01:15",
        "2026-11-01T01:45/2026-11-01T06:00",
      ]
    )
  }

  @Test func `an override replaces the shift that starts that day, and only that`() throws {
    let replaced = DateOverride(
      day: try day("2026-11-24"),
      hours: [try hours("10:00-12:00")],
      breaks: [],
      location: try slug("main")
    )
    let off = DateOverride(day: try day("2026-11-25"), hours: [], breaks: [], location: try slug("main"))
    let example = try Example(staff: [member("tadas", [weekly("22:00-06:00")], overrides: [off, replaced])])
    #expect(
      try working(example, "2026-11-23", "2026-11-26") == [
        "2026-11-22T22:00/2026-11-23T06:00", "2026-11-23T22:00/2026-11-24T06:00",
        "2026-11-24T10:00/2026-11-24T12:00",
        "2026-11-26T22:00/2026-11-27T06:00",
      ]
    )
  }

  @Test func `on a holiday nobody works, and no shift begins`() throws {
    let example = try Example(holidays: ["2026-12-24"], staff: [member("tadas", [weekly("22:00-06:00")])])
    #expect(
      try working(example, "2026-12-23", "2026-12-25") == [
        "2026-12-22T22:00/2026-12-23T06:00", "2026-12-23T22:00/2026-12-24T00:00",
        "2026-12-25T22:00/2026-12-26T06:00",
      ]
    )
  }

  @Test func `a holiday at one location leaves the other open`() throws {
    let other = Location(
      id: try slug("harbour"),
      name: "Harbour",
      address: nil,
      zone: "Europe/London",
      holidays: []
    )
    let example = try Example(
      holidays: ["2026-12-24"],
      services: [service()],
      staff: [member("tadas", [weekly("09:00-11:00"), weekly("12:00-14:00", at: "harbour")])],
      otherLocations: [other]
    )
    let offers = try example.offers(of: "repair", on: "2026-12-24")
    #expect(offers.map(\.location.text) == ["harbour", "harbour"])
    #expect(offers.first?.start == Instant(rfc3339: "2026-12-24T12:00:00Z"))
    #expect(try example.times(of: "repair", on: "2026-12-23") == ["09:00", "10:00", "14:00", "15:00"])
  }

  @Test func `every second week counts ISO weeks from the rule's own start date and not before it`() throws {
    let example = try Example(
      services: [service()],
      staff: [member("tadas", [weekly("09:00-10:00", [.monday, .friday], fortnightFrom: "2026-12-30")])]
    )
    #expect(
      try example.starts(of: "repair", on: "2026-12-14", to: "2027-02-01").map { String($0.prefix(10)) } == [
        "2027-01-01", "2027-01-11", "2027-01-15", "2027-01-25", "2027-01-29",
      ]
    )
  }

  @Test func `work goes on through shifts that touch, and each restarts the grid`() throws {
    let example = try Example(
      services: [service("repair", [90], step: 60)],
      staff: [member("tadas", [weekly("09:00-11:00"), weekly("11:00-13:00")])]
    )
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["09:00", "10:00", "11:00"])
    let round = try Example(
      services: [service("repair", [120])],
      staff: [member("tadas", [weekly("00:00-00:00")])]
    )
    #expect(try round.times(of: "repair", on: "2026-11-23").last == "22:00")
    #expect(try round.decide("repair", at: "2026-11-23T22:00:00+02:00").staff.text == "tadas")
  }

  @Test func `a person who is not there does not work`() throws {
    let example = try Example(staff: [member("tadas", [])])
    #expect(try example.timetable.working(staff: slug("milda"), over: example.span("2026-11-23")).isEmpty)
    #expect(try working(example, "2026-11-23").isEmpty)
  }
}
