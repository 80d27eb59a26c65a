import Primitives
import Testing

@testable import Booking

@Suite struct DecideTests {
  @Test func `a class is joined until it is full`() throws {
    var example = try Example(
      services: [service("repair", [60], before: 10, capacity: 3)],
      staff: [member("tadas", [weekly("09:00-12:00")])]
    )
    let first = try example.decide("repair", at: "2026-11-23T09:00:00+02:00")
    #expect(first.joins == nil && first.capacity == 3 && first.minutes == 60)
    #expect(first.occupied == (try interval("2026-11-23T08:50:00+02:00", "2026-11-23T10:00:00+02:00")))
    let id = try example.book(first, "repair")
    for _ in 0..<2 {
      let next = try example.decide("repair", at: "2026-11-23T09:00:00+02:00")
      #expect(next.joins == id && next.occupied == first.occupied)
      try example.book(next, "repair")
    }
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T09:00:00+02:00") }
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["10:10"])
  }

  @Test func `a seat given back can be taken by the one who moves`() throws {
    var example = try Example(
      services: [service(capacity: 2)],
      staff: [member("tadas", [weekly("09:00-11:00")])]
    )
    let id = try example.book(example.decide("repair", at: "2026-11-23T09:00:00+02:00"), "repair")
    try example.book(example.decide("repair", at: "2026-11-23T09:00:00+02:00"), "repair")
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T09:00:00+02:00") }
    #expect(try example.decide("repair", at: "2026-11-23T09:00:00+02:00", releasing: id).joins == id)
  }

  @Test func `a class off the grid keeps offering its seats, unless its teacher is away`() throws {
    var example = try Example(
      services: [service(capacity: 3)],
      staff: [member("tadas", [weekly("09:00-12:00")])]
    )
    try example.book(example.decide("repair", at: "2026-11-23T10:00:00+02:00"), "repair")
    example.staff[0].hours = [try weekly("08:30-12:00")]
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["08:30", "10:00"])
    #expect(try example.decide("repair", at: "2026-11-23T10:00:00+02:00").joins == number(1))
    example.timeOff = [
      TimeOff(
        id: number(9),
        staff: try slug("tadas"),
        interval: try interval("2026-11-23T10:30:00+02:00", "2026-11-23T10:31:00+02:00")
      )
    ]
    #expect(try example.times(of: "repair", on: "2026-11-23") == ["08:30"])
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T10:00:00+02:00") }
  }

  @Test func `what never was a start is not offered rather than taken`() throws {
    var example = try Example(services: [service()], staff: [member("tadas", [weekly("09:00-12:00")])])
    for start in [
      "2026-11-23T09:30:00+02:00", "2026-11-23T12:00:00+02:00", "2026-11-23T08:00:00+02:00",
      "2026-11-23T09:00:01+02:00",
    ] {
      #expect(throws: Refusal(.notOffered)) { try example.decide("repair", at: start) }
    }
    try example.book(example.decide("repair", at: "2026-11-23T09:00:00+02:00"), "repair")
    #expect(throws: Refusal(.slotTaken)) { try example.decide("repair", at: "2026-11-23T09:00:00+02:00") }
    #expect(throws: Refusal(.notOffered)) { try example.decide("repair", at: "2019-11-23T09:00:00+02:00") }
  }

  @Test func `anyone is the person with whom the fewest other offers are lost`() throws {
    // Milda alone works at 11:00, so 10:30 goes to Tadas although the file names her first.
    let example = try Example(
      services: [service("repair", [60], step: 30)],
      staff: [member("milda", [weekly("09:00-12:00")]), member("tadas", [weekly("09:30-11:30")])]
    )
    #expect(try example.decide("repair", at: "2026-11-23T10:30:00+02:00").staff.text == "tadas")
    #expect(try example.decide("repair", at: "2026-11-23T09:00:00+02:00").staff.text == "milda")
  }

  @Test func `among equals anyone is who has less to do that day, then who comes first in the file`() throws {
    var example = try Example(
      services: [service()],
      staff: [member("milda", [weekly("09:00-12:00")]), member("tadas", [weekly("09:00-12:00")])]
    )
    #expect(try example.decide("repair", at: "2026-11-23T09:00:00+02:00").staff.text == "milda")
    example.sittings = [
      Sitting(
        id: number(1),
        staff: try slug("milda"),
        service: try slug("repair"),
        served: try interval("2026-11-23T18:00:00+02:00", "2026-11-23T19:00:00+02:00"),
        occupied: try interval("2026-11-23T18:00:00+02:00", "2026-11-23T19:00:00+02:00"),
        capacity: 1,
        taken: 1
      )
    ]
    #expect(try example.decide("repair", at: "2026-11-23T09:00:00+02:00").staff.text == "tadas")
  }

  @Test func `anyone succeeds exactly as often as there are people and seats`() throws {
    var pair = try Example(
      services: [service()],
      staff: [member("milda", [weekly("09:00-12:00")]), member("tadas", [weekly("09:00-12:00")])]
    )
    for _ in 0..<2 { try pair.book(pair.decide("repair", at: "2026-11-23T09:00:00+02:00"), "repair") }
    #expect(Set(pair.sittings.map(\.staff.text)) == ["milda", "tadas"])
    #expect(throws: Refusal(.slotTaken)) { try pair.decide("repair", at: "2026-11-23T09:00:00+02:00") }
    var classes = pair
    classes.sittings = []
    classes.services[0].capacity = 3
    for _ in 0..<6 { try classes.book(classes.decide("repair", at: "2026-11-23T09:00:00+02:00"), "repair") }
    #expect(classes.sittings.map(\.taken) == [3, 3])
    #expect(throws: Refusal(.slotTaken)) { try classes.decide("repair", at: "2026-11-23T09:00:00+02:00") }
  }

  @Test func `who lost a start is offered the nearest ones`() throws {
    var example = try Example(services: [service()], staff: [member("tadas", [weekly("09:00-13:00")])])
    try example.book(example.decide("repair", at: "2026-11-23T11:00:00+02:00"), "repair")
    let wish = Wish(
      service: try slug("repair"),
      start: try moment("2026-11-23T11:00:00+02:00"),
      audience: .visitors
    )
    let near = try example.timetable.nearest(3, to: wish, agenda: example.agenda, now: example.instant)
    let zone = try Zone(named: example.zone)
    #expect(
      near.map { zone.rfc3339($0.start).prefix(16) } == [
        "2026-11-23T09:00", "2026-11-23T10:00", "2026-11-23T12:00",
      ]
    )
    #expect(try example.timetable.questionNear(wish).span == example.span("2026-11-23", "2026-11-24"))
  }
}
