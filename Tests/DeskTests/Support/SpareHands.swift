import Booking
import Primitives

/// The business of these tests: small, with one of everything that acts depend on.
enum SpareHands {
  static func business() throws -> Business {
    Business(
      id: try slug("spare-hands"),
      name: "Spare Hands",
      locale: "en",
      currency: "EUR",
      policy: Policy(cancelNotice: 1_440, rescheduleNotice: 1_440, reminder: 1_440),
      locations: [
        Location(
          id: try slug("main"),
          name: "Workshop",
          address: "Upės g. 1, Vilnius",
          zone: "Europe/Vilnius",
          holidays: [Holiday(day: try day("2026-11-27"), name: "Stocktaking")]
        )
      ],
      staff: [
        try member("ona", .owner, serves: []),
        try member("jonas", .administrator, serves: []),
        try member("tadas", .technician, serves: ["repair", "class", "hidden"]),
        try member("milda", .technician, serves: ["repair", "visit", "lesson"]),
      ],
      services: [
        try service("repair", before: 15, after: 15),
        try service("visit", place: .customer, questions: [door()]),
        try service("class", capacity: 3),
        try service("hidden", hidden: true),
        // At most two a week for one customer.
        try service("lesson", customerLimits: Limits(perWeek: 2)),
      ],
      contact: PublicContact(email: "hello@example.test", phone: nil)
    )
  }

  private static func member(_ id: String, _ role: Role, serves: [String]) throws -> StaffMember {
    let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    let range = HourRange(start: 9 * 60, end: 17 * 60)
    let location = try slug("main")
    return StaffMember(
      id: try slug(id),
      name: id.prefix(1).uppercased() + id.dropFirst(),
      role: role,
      services: try serves.map(slug),
      hours: serves.isEmpty
        ? []
        : [range].compactMap { $0 }.map {
          WeeklyHours(days: weekdays, hours: $0, breaks: [], location: location, fortnightFrom: nil)
        },
      overrides: [],
      limits: .none
    )
  }

  private static func service(
    _ id: String,
    before: Int = 0,
    after: Int = 0,
    capacity: Int = 1,
    place: Place = .location,
    hidden: Bool = false,
    customerLimits: Limits = .none,
    questions: [Question] = []
  ) throws -> Service {
    Service(
      id: try slug(id),
      name: id.prefix(1).uppercased() + id.dropFirst(),
      category: nil,
      description: nil,
      durations: [60],
      before: before,
      after: after,
      step: 30,
      offers: .grid,
      capacity: capacity,
      place: place,
      locations: [],
      price: nil,
      colour: nil,
      hidden: hidden,
      notice: 0,
      window: .rolling(days: 60),
      limits: .none,
      customerLimits: customerLimits,
      questions: questions
    )
  }

  private static func door() throws -> Question {
    Question(
      id: try slug("door"),
      label: "Which door?",
      reason: "So that we find you",
      kind: .line,
      choices: [],
      required: true,
      level: .p2,
      basis: .contract,
      retention: 7
    )
  }
}
