import Booking
import Primitives

/// What a visitor has chosen so far, from a question or a form: every name in it is one that visitors are
/// offered.
struct BookingChoice: Sendable {
  let timetable: Timetable
  let service: Service
  var minutes: Int
  /// Nil: anyone.
  var staff: StaffMember?
  /// Nil where the place does not matter to the customer, or there is one only.
  var location: Location?
  /// In which the times are shown.
  var zone: Zone
  let isZoneChosen: Bool
  /// Nil: the first free one.
  let day: CivilDay?

  /// Who serves it, and where it is served, in the order of the business file.
  let people: [StaffMember]
  let places: [Location]
  private let firstPlace: Location

  var business: Business { timetable.business }

  /// - Throws: `.unknown` for names that are not offered: hidden and missing look the same. A day or zone
  /// that is none
  ///   is left aside.
  init(_ form: Form, _ timetable: Timetable) throws {
    func slug(_ name: String) throws -> Slug? {
      guard let text = form.filled(name) else { return nil }
      guard let slug = Slug(text) else { throw Refusal(.unknown) }
      return slug
    }
    guard let id = try slug("service"), let service = timetable.service(id), !service.hidden else {
      throw Refusal(.unknown)
    }
    self.timetable = timetable
    self.service = service
    people = timetable.staff(serving: id).compactMap { timetable.staffMember($0) }
    places = BookingChoice.places(of: service, people, timetable.business)

    minutes = service.durations.first ?? 0
    if let text = form.filled("minutes") {
      guard let asked = Int(text), service.durations.contains(asked) else { throw Refusal(.unknown) }
      minutes = asked
    }
    if let asked = try slug("staff") {
      guard let person = people.first(where: { $0.id == asked }) else { throw Refusal(.unknown) }
      staff = person
    }
    if let asked = try slug("location") {
      guard let place = places.first(where: { $0.id == asked }) else { throw Refusal(.unknown) }
      location = place
    } else if service.place == .location, places.count > 1 {
      location = places.first
    }
    guard let first = places.first, let own = timetable.zone(of: (location ?? first).id) else {
      throw Refusal(.unknown)
    }
    firstPlace = first
    let asked = form.filled("zone").flatMap { try? ZoneLibrary.system.zone(named: $0) }
    zone = asked ?? own
    isZoneChosen = asked != nil && asked != own
    day = form.filled("day").flatMap { CivilDay($0) }
  }

  /// What is left of an old link whose person or place is offered no longer; nil where its service is not
  /// either.
  static func left(of query: Form, _ timetable: Timetable) -> BookingChoice? {
    let gone = [["location"], ["staff"], ["location", "staff"]]
    return gone.lazy.compactMap { try? BookingChoice(query.without($0), timetable) }.first
  }

  /// Whose clock counts.
  var place: Location { location ?? firstPlace }

  var placeZone: Zone { timetable.zone(of: place.id) ?? zone }

  func question(over span: Interval) -> SlotQuestion {
    SlotQuestion(
      service: service.id,
      minutes: minutes,
      staff: staff?.id,
      location: location?.id,
      span: span,
      audience: .visitors
    )
  }

  /// Those where somebody who serves it works at times.
  private static func places(of service: Service, _ people: [StaffMember], _ business: Business) -> [Location]
  {
    let offered = business.locations.filter { service.locations.isEmpty || service.locations.contains($0.id) }
    let used = offered.filter { place in
      people.contains { $0.works(at: place.id) }
    }
    return used.isEmpty ? offered : used
  }
}

extension StaffMember {
  /// Whether they work there at times.
  func works(at place: Slug) -> Bool {
    hours.contains { $0.location == place } || overrides.contains { $0.location == place }
  }
}

extension BookingChoice {
  var servicesURL: String { "/book/\(business.id)" }

  /// The choice as a link, which keeps all of it.
  func url(day: CivilDay? = nil, start: Instant? = nil, at fragment: String? = nil) -> String {
    QueryText.url(
      servicesURL,
      [
        ("service", service.id.text),
        ("minutes", service.durations.count > 1 ? String(minutes) : nil),
        ("staff", staff?.id.text),
        ("location", location?.id.text),
        ("zone", isZoneChosen ? zone.name : nil),
        ("day", day?.description),
        ("start", start.map { placeZone.rfc3339($0) }),
      ],
      at: fragment
    )
  }

  /// The choice as hidden fields; anyone and anywhere are empty.
  var carried: [Hidden] {
    [
      Hidden(name: "service", value: service.id.text),
      Hidden(name: "minutes", value: String(minutes)),
      Hidden(name: "staff", value: staff?.id.text ?? ""),
      Hidden(name: "location", value: location?.id.text ?? ""),
    ]
  }
}
