import Primitives
import Testing

@testable import Booking

@Suite struct LimitsTests {
  private func example(
    _ limits: Limits = .none,
    own: Limits = .none,
    customer: Limits = .none,
    capacity: Int = 1
  ) throws -> Example {
    try Example(
      services: [service(capacity: capacity, limits: limits, customerLimits: customer), service("other")],
      staff: [
        member("tadas", serves: ["repair", "other"], [weekly("09:00-12:00")], limits: own),
        member("milda", [weekly("09:00-12:00")]),
      ]
    )
  }

  private func book(
    _ example: inout Example,
    _ starts: [String],
    _ service: String = "repair",
    _ staff: String = "tadas"
  ) throws {
    for start in starts {
      try example.book(example.decide(service, at: start + ":00+02:00", staff: staff), service)
    }
  }

  @Test func `a service's limit for a day counts everybody's bookings`() throws {
    var example = try example(Limits(perDay: 2))
    try book(&example, ["2026-11-23T09:00"])
    try book(&example, ["2026-11-23T09:00"], "repair", "milda")
    #expect(try example.times(of: "repair", on: "2026-11-23") == [])
    #expect(try example.times(of: "repair", on: "2026-11-24").count == 3)
    #expect(try example.times(of: "repair", on: "2026-11-23", audience: .staff).count == 2)
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T10:00:00+02:00") }
    #expect(try example.times(of: "other", on: "2026-11-23").count == 2)
  }

  @Test func `weeks begin on Monday, months on the first, in the location's zone`() throws {
    var weekly = try example(Limits(perWeek: 1))
    // Half past midnight on Monday in Vilnius is still Sunday in UTC.
    weekly.staff[0].hours = [
      try WeeklyHours(
        days: [.monday],
        hours: hours("00:30-01:30"),
        breaks: [],
        location: slug("main"),
        fortnightFrom: nil
      )
    ]
    try book(&weekly, ["2026-11-23T00:30"])
    #expect(
      try weekly.starts(of: "repair", on: "2026-11-22", to: "2026-11-29").map { String($0.prefix(10)) } == [
        "2026-11-22", "2026-11-22", "2026-11-22",
      ]
    )
    var monthly = try example(Limits(perMonth: 3))
    try book(&monthly, ["2026-11-02T09:00", "2026-11-30T09:00", "2026-12-01T09:00", "2026-11-15T09:00"])
    let days = Set(
      try monthly.starts(of: "repair", on: "2026-11-20", to: "2026-12-02").map { String($0.prefix(10)) }
    )
    #expect(days == ["2026-12-01", "2026-12-02"])
  }

  @Test func `minutes are counted without buffers, and a class's only once`() throws {
    var example = try example(Limits(minutesPerDay: 119))
    try book(&example, ["2026-11-23T09:00"])
    #expect(try example.times(of: "repair", on: "2026-11-23") == [])
    var exact = try self.example(Limits(minutesPerWeek: 120), capacity: 2)
    try book(&exact, ["2026-11-23T09:00", "2026-11-24T09:00"])
    let left = try exact.starts(of: "repair", on: "2026-11-23", to: "2026-11-29")
    #expect(left == ["2026-11-23T09:00:00+02:00", "2026-11-24T09:00:00+02:00"])
  }

  @Test func `a person's limit counts all their services and leaves the others free`() throws {
    var example = try example(own: Limits(perDay: 2))
    try book(&example, ["2026-11-23T09:00"], "other")
    try book(&example, ["2026-11-23T10:00"])
    let offers = try example.offers(of: "repair", on: "2026-11-23")
    #expect(offers.map { $0.staff.map(\.text) } == [["milda"], ["milda"], ["milda"]])
  }

  @Test func `a customer's limit counts that customer's bookings, and says nothing about the places left`()
    throws
  {
    let example = try example(customer: Limits(perWeek: 1), capacity: 3)
    let earlier = try interval("2026-11-24T09:00:00+02:00", "2026-11-24T10:00:00+02:00")
    #expect(try example.offers(of: "repair", on: "2026-11-23", staff: "tadas").map(\.places) == [3, 3, 3])
    #expect(throws: Refusal(.slotTaken)) {
      try example.decide("repair", at: "2026-11-23T09:00:00+02:00", customer: [earlier])
    }
    #expect(
      try example.decide("repair", at: "2026-11-30T09:00:00+02:00", customer: [earlier]).staff.text == "tadas"
    )
  }

  @Test func `a limit also bounds the places that are shown`() throws {
    let example = try example(Limits(perDay: 2), capacity: 3)
    #expect(try example.offers(of: "repair", on: "2026-11-23").map(\.places) == [2, 2, 2])
  }

  @Test func `a limit looks at the whole week and month, and at everybody`() throws {
    let example = try example(Limits(perWeek: 1, minutesPerMonth: 600))
    let question = SlotQuestion(
      service: try slug("repair"),
      staff: try slug("tadas"),
      span: try example.span("2026-11-24"),
      audience: .visitors
    )
    let reach = try example.timetable.reach(of: question)
    #expect(reach.staff.map(\.text) == ["tadas", "milda"])
    #expect(reach.span == (try interval("2026-11-01T00:00:00+02:00", "2026-12-01T01:00:00+02:00")))
    var staff = question
    staff.audience = .staff
    #expect(
      try example.timetable.reach(of: staff).span
        == interval("2026-11-24T00:00:00+02:00", "2026-11-25T01:00:00+02:00")
    )
  }

  @Test func `a booking that is moved does not stand in its own way`() throws {
    var example = try example(Limits(perDay: 1))
    example.services[0].step = 15
    let id = try example.book(
      example.decide("repair", at: "2026-11-23T09:00:00+02:00", staff: "tadas"),
      "repair"
    )
    #expect(throws: Refusal(.slotTaken)) {
      try example.decide("repair", at: "2026-11-23T09:15:00+02:00", staff: "tadas")
    }
    let moved = try example.decide("repair", at: "2026-11-23T09:15:00+02:00", staff: "tadas", releasing: id)
    #expect(moved.joins == nil)
    #expect(
      try example.decide("repair", at: "2026-11-23T09:00:00+02:00", staff: "tadas", releasing: id).joins
        == nil
    )
  }
}
