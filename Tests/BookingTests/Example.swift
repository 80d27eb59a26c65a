import Primitives
import Testing

@testable import Booking

/// Small businesses to ask, put together from what a test cares about.
struct Example {
  var zone = "Europe/Vilnius"
  var holidays: [String] = []
  var services: [Service] = []
  var staff: [StaffMember] = []
  /// Beside `main`.
  var otherLocations: [Location] = []
  var sittings: [Sitting] = []
  var timeOff: [TimeOff] = []
  var now = "2020-01-01T00:00:00Z"

  var business: Business {
    get throws {
      let main = Location(
        id: try slug("main"),
        name: "Main",
        address: nil,
        zone: zone,
        holidays: try holidays.map { Holiday(day: try day($0), name: "Holiday") }
      )
      return Business(
        id: try slug("spare-hands"),
        name: "Spare Hands",
        locale: "en",
        currency: "EUR",
        policy: Policy(cancelNotice: 0, rescheduleNotice: 0, reminder: nil),
        locations: [main] + otherLocations,
        staff: staff,
        services: services,
        contact: PublicContact(email: nil, phone: nil)
      )
    }
  }

  var timetable: Timetable { get throws { try Timetable(business, zones: .system) } }
  var agenda: Agenda { Agenda(sittings: sittings, timeOff: timeOff) }
  var instant: Instant { get throws { try moment(now) } }

  /// The starts of whole days at the main location, as its clock shows them.
  func starts(
    of service: String,
    on first: String,
    to last: String? = nil,
    staff: String? = nil,
    audience: Audience = .visitors
  ) throws -> [String] {
    let zone = try ZoneLibrary.system.zone(named: zone)
    return try offers(of: service, on: first, to: last, staff: staff, audience: audience).map {
      zone.rfc3339($0.start)
    }
  }

  /// The same as `HH:MM`.
  func times(of service: String, on day: String, staff: String? = nil, audience: Audience = .visitors) throws
    -> [String]
  {
    try starts(of: service, on: day, staff: staff, audience: audience).map {
      String($0.dropFirst(11).prefix(5))
    }
  }

  func offers(
    of service: String,
    on first: String,
    to last: String? = nil,
    staff: String? = nil,
    audience: Audience = .visitors,
    minutes: Int? = nil
  ) throws -> [Offer] {
    let question = SlotQuestion(
      service: try slug(service),
      minutes: minutes,
      staff: try staff.map(slug),
      span: try span(first, last),
      audience: audience
    )
    return try timetable.offers(question, agenda: agenda, now: instant)
  }

  func span(_ first: String, _ last: String? = nil) throws -> Interval {
    let zone = try ZoneLibrary.system.zone(named: zone)
    let end = zone.startOfDay(try day(last ?? first) + 1)
    return try #require(Interval(start: zone.startOfDay(try day(first)), end: end))
  }

  func decide(
    _ service: String,
    at start: String,
    staff: String? = nil,
    audience: Audience = .visitors,
    releasing: Identifier? = nil,
    customer: [Interval] = []
  ) throws -> Decision {
    let wish = Wish(
      service: try slug(service),
      staff: try staff.map(slug),
      start: try moment(start),
      audience: audience,
      releasing: releasing,
      customer: customer
    )
    return try timetable.decide(wish, agenda: agenda, now: instant)
  }

  /// Writes a decision down as Storage would; its sitting's number is returned.
  @discardableResult
  mutating func book(_ decision: Decision, _ service: String) throws -> Identifier {
    if let joined = decision.joins, let at = sittings.firstIndex(where: { $0.id == joined }) {
      sittings[at] = sittings[at].with(taken: sittings[at].taken + 1)
      return joined
    }
    let id = number(sittings.count + 1)
    sittings.append(
      Sitting(
        id: id,
        staff: decision.staff,
        service: try slug(service),
        served: decision.served,
        occupied: decision.occupied,
        capacity: decision.capacity,
        taken: 1
      )
    )
    return id
  }
}

extension Sitting {
  func with(taken: Int) -> Sitting {
    Sitting(
      id: id,
      staff: staff,
      service: service,
      served: served,
      occupied: occupied,
      capacity: capacity,
      taken: taken
    )
  }
}

func slug(_ text: String) throws -> Slug { try #require(Slug(text)) }
func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }
func moment(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
func number(_ value: Int) -> Identifier { Identifier(high: 1, low: UInt64(value)) }

/// `09:00-17:00`; an end at or before the start is the next day's.
func hours(_ text: String) throws -> HourRange {
  let parts = text.split(whereSeparator: { $0 == "-" || $0 == ":" }).compactMap { Int($0) }
  try #require(parts.count == 4)
  let start = parts[0] * 60 + parts[1]
  let end = parts[2] * 60 + parts[3]
  return try #require(HourRange(start: start, end: end <= start ? end + 1_440 : end))
}

func interval(_ start: String, _ end: String) throws -> Interval {
  let (start, end) = (try moment(start), try moment(end))
  return try #require(Interval(start: start, end: end))
}

func weekly(
  _ range: String,
  _ days: [Weekday] = Weekday.allCases,
  breaks: [String] = [],
  at location: String = "main",
  fortnightFrom: String? = nil
) throws -> WeeklyHours {
  WeeklyHours(
    days: days,
    hours: try hours(range),
    breaks: try breaks.map(hours),
    location: try slug(location),
    fortnightFrom: try fortnightFrom.map(day)
  )
}

func member(
  _ id: String,
  serves: [String] = ["repair"],
  _ hours: [WeeklyHours],
  overrides: [DateOverride] = [],
  limits: Limits = .none
) throws -> StaffMember {
  StaffMember(
    id: try slug(id),
    name: id,
    role: .technician,
    services: try serves.map(slug),
    hours: hours,
    overrides: overrides,
    limits: limits
  )
}

func service(
  _ id: String = "repair",
  _ durations: [Int] = [60],
  before: Int = 0,
  after: Int = 0,
  step: Int? = nil,
  offers: OfferMode = .grid,
  capacity: Int = 1,
  locations: [String] = [],
  hidden: Bool = false,
  notice: Int = 0,
  window: Window = .rolling(days: 36_500),
  limits: Limits = .none,
  customerLimits: Limits = .none
) throws -> Service {
  Service(
    id: try slug(id),
    name: id,
    category: nil,
    description: nil,
    durations: durations,
    before: before,
    after: after,
    step: step,
    offers: offers,
    capacity: capacity,
    place: .location,
    locations: try locations.map(slug),
    price: nil,
    colour: nil,
    hidden: hidden,
    notice: notice,
    window: window,
    limits: limits,
    customerLimits: customerLimits,
    questions: []
  )
}
