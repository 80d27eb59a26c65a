import Booking
import Desk
import Hummingbird
import Primitives

extension API {
  /// The most days one request may ask for.
  static let mostDays = 62

  /// `GET /api/v1/{business}/slots?service=&from=&to=[&staff=][&location=][&minutes=][&zone=]`: every free start whose
  /// day, in the zone asked for, is `from` to `to`, both included.
  @Sendable static func slots(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let ask = try SlotQuery(visit.query, try await desk.timetable())
    let offers = try await desk.offers(ask.question)
    return Response(
      status: .ok,
      headers: [.contentType: "application/json", .cacheControl: "no-cache"],
      body: .init(byteBuffer: SlotsText.write(offers, in: ask.zone))
    )
  }
}

/// The query of the slots route, checked.
struct SlotQuery {
  let question: SlotQuestion
  let zone: Zone

  /// - Throws: `.invalid` with each wrong parameter.
  init(_ query: Form, _ timetable: Timetable) throws {
    var problems: [FieldProblem] = []
    func wrong(_ name: String, _ reason: FieldReason) {
      problems.append(FieldProblem(path: name, reason: reason))
    }
    func slug(_ name: String) -> Slug? {
      guard let text = query.filled(name) else { return nil }
      let slug = Slug(text)
      if slug == nil { wrong(name, .notAChoice) }
      return slug
    }
    func day(_ name: String) -> CivilDay? {
      guard let text = query.filled(name) else {
        wrong(name, .missing)
        return nil
      }
      let day = CivilDay(text)
      if day == nil { wrong(name, .notADay) }
      return day
    }
    let service = slug("service")
    if service == nil, query.filled("service") == nil { wrong("service", .missing) }
    let (staff, location) = (slug("staff"), slug("location"))
    var minutes: Int?
    if let text = query.filled("minutes") {
      minutes = Int(text)
      if minutes == nil { wrong("minutes", .notANumber) }
    }
    let (from, to) = (day("from"), day("to"))
    if let from, let to {
      if to < from { wrong("to", .beforeFrom) }
      if to - from >= API.mostDays { wrong("to", .rangeTooLong) }
    }
    let place = location ?? timetable.business.locations.first?.id
    var zone = place.flatMap { timetable.zone(of: $0) }
    if let name = query.filled("zone") {
      zone = try? ZoneLibrary.system.zone(named: name)
      if zone == nil { wrong("zone", .notAZone) }
    } else if zone == nil {
      wrong("location", .notAChoice)
    }
    guard problems.isEmpty, let service, let from, let to, let zone,
      let span = Interval(start: zone.startOfDay(from), end: zone.startOfDay(to + 1))
    else { throw Refusal.invalid(problems) }
    self.zone = zone
    question = SlotQuestion(
      service: service,
      minutes: minutes,
      staff: staff,
      location: location,
      span: span,
      audience: .visitors
    )
  }
}
