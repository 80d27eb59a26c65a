import Primitives
import Testing

@testable import Booking

@Suite struct OffersTests {
  @Test func `nothing starts at closing time, and the last start ends with it`() throws {
    let example = try Example(
      services: [service("repair", [45], step: 15)],
      staff: [member("tadas", [weekly("09:00-10:30")])]
    )
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["09:00", "09:15", "09:30", "09:45"])
  }

  @Test func `the step is what a booking occupies, rounded up to five minutes`() throws {
    let example = try Example(
      services: [service("repair", [47], before: 5, after: 10)],
      staff: [member("tadas", [weekly("09:00-13:00")])]
    )
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["09:00", "10:05", "11:10"])
  }

  @Test func `buffers reach outside working time and neighbours' buffers add up`() throws {
    var example = try Example(
      services: [service("repair", [30], before: 10, after: 20, step: 5)],
      staff: [member("tadas", [weekly("09:00-13:00")])]
    )
    #expect(try example.times(of: "repair", on: "2026-11-23").first == "09:00")
    #expect(try example.times(of: "repair", on: "2026-11-23").last == "12:30")
    try example.book(example.decide("repair", at: "2026-11-23T11:00:00+02:00"), "repair")
    let times = try example.times(of: "repair", on: "2026-11-23")
    // Occupied 10:50 to 11:50: before it, 30 + 20 must fit; after it, 10.
    #expect(times.contains("10:00") && !times.contains("10:05"))
    #expect(times.contains("12:00") && !times.contains("11:55"))
  }

  @Test func `touching is not overlapping`() throws {
    var example = try Example(services: [service()], staff: [member("tadas", [weekly("09:00-12:00")])])
    try example.book(example.decide("repair", at: "2026-11-23T10:00:00+02:00"), "repair")
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["09:00", "11:00"])
  }

  @Test func `time off closes what would be served in it, not the buffers, and does not move the grid`()
    throws
  {
    var example = try Example(
      services: [service("repair", [60], after: 30, step: 60)],
      staff: [member("tadas", [weekly("09:00-15:00")])]
    )
    example.timeOff = [
      TimeOff(
        id: number(1),
        staff: try slug("tadas"),
        interval: try interval("2026-11-23T11:00:00+02:00", "2026-11-23T11:30:00+02:00")
      ),
      TimeOff(
        id: number(2),
        staff: try slug("milda"),
        interval: try interval("2026-11-23T08:00:00+02:00", "2026-11-23T18:00:00+02:00")
      ),
    ]
    #expect(
      try example.times(of: "repair", on: "2026-11-23") == ["09:00", "10:00", "12:00", "13:00", "14:00"]
    )
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T11:00:00+02:00") }
  }

  @Test func `a service has several lengths, and the first is what is booked when nobody chooses`() throws {
    let example = try Example(
      services: [service("repair", [60, 120], step: 60)],
      staff: [member("tadas", [weekly("09:00-12:00")])]
    )
    #expect(try example.offers(of: "repair", on: "2026-11-23").count == 3)
    #expect(try example.offers(of: "repair", on: "2026-11-23", minutes: 120).count == 2)
    #expect(throws: Refusal.invalid("minutes", .notAChoice)) {
      try example.offers(of: "repair", on: "2026-11-23", minutes: 90)
    }
  }

  @Test func `notice and window bind visitors, not staff`() throws {
    var example = try Example(
      services: [service("repair", [60], notice: 90, window: .rolling(days: 1))],
      staff: [member("tadas", [weekly("09:00-12:00")])]
    )
    example.now = "2026-11-23T07:30:00Z"
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["11:00"])
    #expect(try example.times(of: "repair", on: "2026-11-24").count == 3)
    #expect(try example.times(of: "repair", on: "2026-11-25") == [])
    #expect(try example.times(of: "repair", on: "2026-11-23", audience: .staff).count == 3)
    #expect(try example.times(of: "repair", on: "2026-11-25", audience: .staff).count == 3)
    #expect(throws: Refusal(.notOffered)) { try example.decide("repair", at: "2026-11-23T10:00:00+02:00") }
    example.now = "2026-11-23T07:30:01Z"
    #expect(try example.times(of: "repair", on: "2026-11-23") == [])
  }

  @Test func `a window of dates includes its first and last day`() throws {
    let window = Window.dates(first: try day("2026-11-24"), last: try day("2026-11-25"))
    let example = try Example(
      services: [service(window: window)],
      staff: [member("tadas", [weekly("09:00-10:00")])]
    )
    let starts = try example.starts(of: "repair", on: "2026-11-22", to: "2026-11-28")
    #expect(starts.map { String($0.prefix(10)) } == ["2026-11-24", "2026-11-25"])
  }

  @Test func `a hidden service looks like none to visitors and can be booked by staff`() throws {
    let example = try Example(
      services: [service(hidden: true)],
      staff: [member("tadas", [weekly("09:00-10:00")])]
    )
    let unknown = Refusal.invalid("service", .notAChoice)
    #expect(throws: unknown) { try example.offers(of: "repair", on: "2026-11-23") }
    #expect(throws: unknown) { try example.offers(of: "nothing", on: "2026-11-23") }
    #expect(throws: unknown) { try example.decide("repair", at: "2026-11-23T09:00:00+02:00") }
    #expect(
      try example.decide("repair", at: "2026-11-23T09:00:00+02:00", audience: .staff).staff.text == "tadas"
    )
  }

  @Test func `every wrong name is refused with its own pointer`() throws {
    let example = try Example(
      services: [service(), service("other", locations: ["elsewhere"])],
      staff: [member("tadas", [weekly("09:00-10:00")]), member("ona", serves: [], [])]
    )
    let question = SlotQuestion(
      service: try slug("repair"),
      minutes: 61,
      staff: try slug("ona"),
      location: try slug("elsewhere"),
      span: try example.span("2026-01-01", "2026-12-31"),
      audience: .visitors
    )
    let refusal = #expect(throws: Refusal.self) { try example.timetable.reach(of: question) }
    #expect(refusal?.fields.map(\.path) == ["minutes", "staff", "location", "to"])
    #expect(try example.offers(of: "repair", on: "2026-10-01", to: "2026-12-01").count == 62)
  }

  @Test func `a service too long to occupy is not a choice`() throws {
    let example = try Example(
      services: [service("repair", [2_880], after: 1)],
      staff: [member("tadas", [weekly("00:00-00:00")])]
    )
    #expect(throws: Refusal.invalid("minutes", .notAChoice)) {
      try example.offers(of: "repair", on: "2026-11-23")
    }
    let whole = try Example(
      services: [service("repair", [2_880])],
      staff: [member("tadas", [weekly("00:00-00:00")])]
    )
    #expect(try whole.times(of: "repair", on: "2026-11-23") == ["00:00"])
  }

  @Test func `packed offers are those that leave most further starts`() throws {
    var example = try Example(
      services: [service("repair", [60], step: 15, offers: .packed)],
      staff: [member("tadas", [weekly("09:00-13:00")])]
    )
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["09:00", "12:00"])
    try example.book(example.decide("repair", at: "2026-11-23T09:00:00+02:00"), "repair")
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["10:00", "12:00"])
    try example.book(example.decide("repair", at: "2026-11-23T12:00:00+02:00"), "repair")
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["10:00", "11:00"])
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T10:30:00+02:00") }
  }

  @Test func `an offer names who could be chosen, and counts the places of all`() throws {
    var example = try Example(
      services: [service(capacity: 3)],
      staff: [member("tadas", [weekly("09:00-11:00")]), member("milda", [weekly("10:00-11:00")])]
    )
    try example.book(example.decide("repair", at: "2026-11-23T10:00:00+02:00", staff: "milda"), "repair")
    let offers = try example.offers(of: "repair", on: "2026-11-23")
    #expect(offers.map { $0.staff.map(\.text) } == [["tadas"], ["tadas", "milda"]])
    #expect(offers.map(\.places) == [3, 5])
    #expect(offers.first?.end == Instant(rfc3339: "2026-11-23T10:00:00+02:00"))
  }
}
