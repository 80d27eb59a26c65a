import Primitives
import TestKit
import Testing

@testable import Booking

/// House rule 5: one function decides. Random businesses, agendas and days with and without clock changes.
@Suite struct ListAndCommitTests {
  @Test(arguments: 0..<40)
  func `what is listed can be booked, and what is not listed cannot`(seed: UInt64) throws {
    var dice = Dice(state: seed &* 7_919 &+ 17)
    let example = try dice.example()
    let timetable = try example.timetable
    let now = try example.instant
    let span = try example.span(dice.date, dice.date)
    let named: [Slug?] = [nil] + example.staff.map(\.id)
    for staff in named {
      let question = SlotQuestion(
        service: example.services[0].id,
        staff: staff,
        span: span,
        audience: dice.audience
      )
      let listed = try timetable.offers(question, agenda: example.agenda, now: now)
      let starts = Set(listed.map(\.start))
      #expect(listed.map(\.start) == listed.map(\.start).sorted())
      let others = stride(from: span.start.seconds, to: span.end.seconds, by: 1_500).map {
        Instant(seconds: $0)
      }
      for start in starts.union(others) {
        var wish = Wish(service: question.service, staff: staff, start: start, audience: question.audience)
        if starts.contains(start) {
          let decision = try timetable.decide(wish, agenda: example.agenda, now: now)
          let offer = try #require(listed.first { $0.start == start && $0.location == decision.location })
          #expect(offer.staff.contains(decision.staff) && offer.places > 0)
          for name in offer.staff {
            wish.staff = name
            wish.location = offer.location
            #expect(try timetable.decide(wish, agenda: example.agenda, now: now).staff == name)
          }
          try check(decision, example, question.audience)
        } else {
          #expect(throws: Refusal.self) { try timetable.decide(wish, agenda: example.agenda, now: now) }
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func `every start of the grid that nothing stands in the way of is listed`(seed: UInt64) throws {
    var dice = Dice(state: seed &* 104_729 &+ 3)
    var example = try dice.example()
    example.services[0].offers = .grid
    example.services[0].limits = .none
    for position in example.staff.indices { example.staff[position].limits = .none }
    let service = example.services[0]
    let timetable = try example.timetable
    let span = try example.span(dice.date)
    for person in example.staff where person.services.contains(service.id) {
      let question = SlotQuestion(service: service.id, staff: person.id, span: span, audience: .staff)
      let listed = try timetable.offers(question, agenda: example.agenda, now: example.instant).map(\.start)
      // The plain way: minute by minute through each working interval, everything compared with everything.
      var expected: Set<Instant> = []
      let wide = try #require(Interval(start: span.start, end: span.end + .hours(30)))
      let shifts = timetable.working(staff: person.id, over: wide)
      let length = service.durations[0] * 60
      let step = (service.step ?? (service.before + service.durations[0] + service.after + 4) / 5 * 5) * 60
      for shift in shifts {
        for start in stride(from: shift.interval.start.seconds, to: shift.interval.end.seconds, by: step) {
          let start = Instant(seconds: start)
          let works = stride(from: 0, to: length, by: 60).allSatisfy { second in
            shifts.contains { $0.location == shift.location && $0.interval.contains(start + second) }
          }
          let served = try #require(Interval(start: start, end: start + length))
          let occupied = try #require(
            Interval(start: start - service.before * 60, end: served.end + service.after * 60)
          )
          let taken = example.sittings.contains { $0.staff == person.id && $0.occupied.overlaps(occupied) }
          let away = example.timeOff.contains { $0.staff == person.id && $0.interval.overlaps(served) }
          if span.contains(start), works, !taken, !away { expected.insert(start) }
        }
        for open in example.sittings where open.staff == person.id && open.service == service.id {
          let away = example.timeOff.contains { $0.staff == person.id && $0.interval.overlaps(open.served) }
          if open.taken < open.capacity, open.served.length == length, span.contains(open.served.start),
            !away,
            shifts.contains(where: {
              $0.location == shift.location && $0.interval.contains(open.served.start)
            }),
            stride(from: 0, to: length, by: 60).allSatisfy({ second in
              shifts.contains {
                $0.location == shift.location && $0.interval.contains(open.served.start + second)
              }
            })
          {
            expected.insert(open.served.start)
          }
        }
      }
      // A person whose shifts at two locations overlap is listed at both.
      #expect(Set(listed).sorted() == expected.sorted(), "\(example.zone) \(dice.date) \(person.id)")
    }
  }

  @Test(arguments: 0..<20)
  func `what is offered does not depend on how much was asked for`(seed: UInt64) throws {
    var dice = Dice(state: seed &* 31 &+ 5)
    let example = try dice.example()
    let timetable = try example.timetable
    let whole = try example.span(dice.date, String(describing: try day(dice.date) + 3))
    var question = SlotQuestion(service: example.services[0].id, span: whole, audience: .visitors)
    let all = try timetable.offers(question, agenda: example.agenda, now: example.instant)
    var parts: [Offer] = []
    var from = whole.start
    while from < whole.end {
      let to = min(from + dice.roll(50_000) + 1, whole.end)
      question.span = try #require(Interval(start: from, end: to))
      // Only what the reach asks for, as the store would load it.
      let reach = try timetable.reach(of: question)
      let agenda = Agenda(
        sittings: example.sittings.filter {
          reach.staff.contains($0.staff) && $0.occupied.overlaps(reach.span)
        },
        timeOff: example.timeOff.filter { reach.staff.contains($0.staff) && $0.interval.overlaps(reach.span) }
      )
      parts += try timetable.offers(question, agenda: agenda, now: example.instant)
      from = to
    }
    #expect(parts == all)
  }

  @Test(arguments: 0..<20)
  func `booking until nothing is left never books twice`(seed: UInt64) throws {
    var dice = Dice(state: seed &* 65_537 &+ 11)
    var example = try dice.example()
    let timetable = try example.timetable
    let now = try example.instant
    let span = try example.span(dice.date)
    let question = SlotQuestion(service: example.services[0].id, span: span, audience: .staff)
    while let offer = dice.one(of: try timetable.offers(question, agenda: example.agenda, now: now)) {
      let wish = Wish(
        service: question.service,
        location: offer.location,
        start: offer.start,
        audience: .staff
      )
      let reach = try timetable.reach(of: wish)
      let agenda = Agenda(
        sittings: example.sittings.filter {
          reach.staff.contains($0.staff) && $0.occupied.overlaps(reach.span)
        },
        timeOff: example.timeOff
      )
      let decision = try timetable.decide(wish, agenda: agenda, now: now)
      #expect(try decision == timetable.decide(wish, agenda: example.agenda, now: now))
      try check(decision, example, .staff)
      try example.book(decision, question.service.text)
    }
    for one in example.sittings.indices {
      #expect(example.sittings[one].taken <= example.sittings[one].capacity)
      for other in example.sittings.indices where other > one {
        let (a, b) = (example.sittings[one], example.sittings[other])
        #expect(a.staff != b.staff || !a.occupied.overlaps(b.occupied))
      }
    }
  }

  private func check(_ decision: Decision, _ example: Example, _ audience: Audience) throws {
    if let joined = decision.joins {
      let sitting = try #require(example.sittings.first { $0.id == joined })
      #expect(sitting.taken < sitting.capacity && sitting.served == decision.served)
    } else {
      #expect(
        !example.sittings.contains { $0.staff == decision.staff && $0.occupied.overlaps(decision.occupied) }
      )
    }
    if audience == .visitors { #expect(try decision.served.start >= example.instant) }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014), so that a failing seed can be run again.
private struct Dice: RandomNumberGenerator {
  private var generator: SeededGenerator
  var date = "2026-11-23"
  var audience = Audience.visitors

  init(state: UInt64) { generator = SeededGenerator(state) }

  mutating func next() -> UInt64 { generator.next() }

  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
  mutating func one<Choice>(of choices: [Choice]) -> Choice? { choices.randomElement(using: &self) }

  mutating func example() throws -> Example {
    let places = [
      ("America/New_York", "2026-10-31"), ("America/New_York", "2026-03-07"),
      ("Australia/Lord_Howe", "2026-04-04"),
      ("America/Santiago", "2026-09-05"), ("Africa/Cairo", "2026-10-29"), ("Europe/Vilnius", "2026-11-23"),
      ("America/Havana", "2026-11-01"), ("Asia/Kathmandu", "2026-07-01"), ("Africa/Casablanca", "2026-02-14"),
    ]
    let (zone, date) = one(of: places) ?? places[0]
    self.date = date
    audience = roll(2) == 0 ? .visitors : .staff
    var example = Example(zone: zone)
    let first = try day(date)
    example.now = try Zone(named: zone).rfc3339(Zone(named: zone).startOfDay(first - roll(2)) + roll(50_000))
    example.holidays = roll(3) == 0 ? ["\(first + roll(3))"] : []
    if roll(3) == 0 {
      example.otherLocations = [
        Location(id: try slug("other"), name: "Other", address: nil, zone: "Asia/Tokyo", holidays: [])
      ]
    }
    example.services = [
      try service(
        "repair",
        [[15, 30, 45, 60, 90][roll(5)]],
        before: [0, 0, 5, 15][roll(4)],
        after: [0, 0, 10, 20][roll(4)],
        step: [nil, 15, 30, 5][roll(4)],
        offers: roll(3) == 0 ? .packed : .grid,
        capacity: [1, 1, 3][roll(3)],
        notice: [0, 60, 600][roll(3)],
        window: .rolling(days: [2, 30][roll(2)]),
        limits: [Limits.none, .none, Limits(perDay: 4), Limits(perWeek: 9, minutesPerDay: 200)][roll(4)]
      ),
      try service("other", [60]),
    ]
    for name in ["tadas", "milda", "jonas"].prefix(1 + roll(3)) {
      let ranges = ["09:00-17:00", "22:00-06:00", "00:00-00:00", "00:30-02:30", "23:30-01:30", "12:00-20:15"]
      var rules: [WeeklyHours] = []
      for _ in 0...roll(2) {
        let breaks = [[], ["01:15-01:45"], ["12:00-12:40", "15:00-15:05"]][roll(3)]
        let location = example.otherLocations.isEmpty || roll(2) == 0 ? "main" : "other"
        rules.append(try weekly(ranges[roll(ranges.count)], breaks: breaks, at: location))
      }
      let override = DateOverride(
        day: first + roll(3),
        hours: roll(3) == 0 ? [] : [try hours("10:00-13:00"), try hours("21:00-03:00")],
        breaks: [],
        location: try slug("main")
      )
      example.staff.append(
        try member(
          name,
          serves: ["repair", "other"],
          rules,
          overrides: roll(3) == 0 ? [override] : [],
          limits: roll(4) == 0 ? Limits(perDay: 5, minutesPerWeek: 900) : .none
        )
      )
    }
    try fill(&example, from: Zone(named: zone).startOfDay(first - 1))
    return example
  }

  private mutating func fill(_ example: inout Example, from start: Instant) throws {
    let service = example.services[0]
    for person in example.staff {
      var at = start + roll(40) * 900
      for _ in 0..<roll(24) {
        let isClass = roll(2) == 0
        let length = isClass ? service.durations[0] * 60 : 2_700
        let (before, after) = isClass ? (service.before * 60, service.after * 60) : (0, 300)
        let served = try #require(Interval(start: at + before, end: at + before + length))
        let capacity = isClass ? service.capacity : 1
        example.sittings.append(
          Sitting(
            id: number(1_000 + example.sittings.count),
            staff: person.id,
            service: isClass ? service.id : example.services[1].id,
            served: served,
            occupied: try #require(Interval(start: at, end: served.end + after)),
            capacity: capacity,
            taken: 1 + roll(capacity)
          )
        )
        at = served.end + after + roll(12) * 900
      }
      if roll(3) == 0 {
        let off = start + roll(300) * 900
        example.timeOff.append(
          TimeOff(
            id: number(roll(1_000_000)),
            staff: person.id,
            interval: try #require(Interval(start: off, end: off + 900 + roll(20_000)))
          )
        )
      }
    }
    example.sittings.shuffle(using: &self)
  }
}
