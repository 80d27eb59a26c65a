import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// What signed-in staff ask for by program, with the cookie of their session.
///
/// There is no form token here: a body of `application/json` cannot be sent by another site's form, and by
/// its script only after a preflight that this server never answers; `CrossSite` and the cookie's SameSite
/// stand before it.
enum StaffAPI {
  /// `GET /api/v1/{business}/day?day=&staff=`: recorded before it answers, like the page.
  @Sendable static func day(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let person = try await visit.person(desk)
    guard !desk.extent(.viewDay, person).isEmpty else { throw Refusal(.notAllowed) }
    let query = visit.query
    let staff = try query.slug("staff")
    guard let text = query.filled("day") else { throw Refusal.invalid("day", .missing) }
    guard let day = CivilDay(text) else { throw Refusal.invalid("day", .notADay) }
    let view = try await desk.openDay(day, staff: staff, by: person)
    return Response.json(personal: true) { json in
      json.field("day", view.day.description)
      json.field("zone", view.zone.name)
      json.array("people", view.people) { json, day in
        json.object { json in
          json.field("id", day.person.id.text)
          json.field("name", day.person.name)
          json.array("visits", day.visits) { json, visit in json.object { add(visit, in: view.zone, to: &$0) }
          }
          json.array("time_off", day.timeOff) { json, off in
            json.object { add(off.interval, in: view.zone, to: &$0) }
          }
        }
      }
    }
  }

  /// `POST /api/v1/{business}/customer-searches` with exactly one of `email`, `phone` and `name`.
  @Sendable static func searchCustomers(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let person = try await visit.person(desk)
    guard JSONBody.isNamed(by: visit.request.headers[.contentType]) else {
      throw Refusal(.notAllowed)
    }
    var body = try await JSONBody(visit.body(upTo: API.longestBody))
    let asked = ["email", "phone", "name"].compactMap { name in body.text(name).map { (name, $0) } }
    guard asked.count == 1, let (name, query) = asked.first else {
      body.add(asked.isEmpty ? "email" : asked[1].0, asked.isEmpty ? .missing : .unknownField)
      try body.finish()
      throw Refusal(.invalid)
    }
    // The desk tells by its look what a query is; a field may not say another thing than it holds.
    if (name == "email") != query.contains("@") {
      body.add(name, name == "email" ? .notAnAddress : .notAChoice)
    }
    if name == "phone", (try? PhoneNumber(query)) == nil { body.add(name, .notAPhone) }
    try body.finish()
    let found: [FoundCustomer]
    do {
      found = try await desk.searchCustomers(query, by: person)
    } catch let refusal as Refusal where refusal.code == .invalid {
      throw Refusal.invalid(refusal.fields.map { FieldProblem(path: name, reason: $0.reason) })
    }
    let timetable = try await desk.timetable()
    return Response.json(personal: true) { json in
      json.array("customers", found) { json, customer in
        json.object { json in
          json.field("name", customer.name)
          json.field("email", customer.email)
          json.field("phone", customer.phone)
          json.array("bookings", customer.bookings) { json, booking in
            json.object { json in
              json.field("id", booking.id.description)
              if let zone = timetable.zone(of: booking.location) ?? timetable.firstZone {
                add(booking.served, in: zone, to: &json)
              }
              json.field("service", booking.service.text)
              json.field("staff", booking.staff.text)
              json.field("state", booking.state.rawValue)
            }
          }
        }
      }
    }
  }

  private static func add(_ visit: DayVisit, in zone: Zone, to json: inout JSONText) {
    json.field("id", visit.booking.id.description)
    add(visit.booking.served, in: zone, to: &json)
    json.field("service", visit.booking.service.text)
    json.field("first_name", visit.firstName)
    json.field("address", visit.address)
    json.array("answers", visit.answers) { json, answer in
      json.object { json in
        json.field("question", answer.question.text)
        json.field("answer", answer.answer)
      }
    }
    json.field("state", visit.booking.state.rawValue)
    json.field("version", visit.booking.version)
    json.field("has_contact", visit.hasContact)
  }

  private static func add(_ interval: Interval, in zone: Zone, to json: inout JSONText) {
    var text: [UInt8] = []
    text.reserveCapacity(25)
    zone.append(interval.start, to: &text)
    json.field("start", plain: text)
    text.removeAll(keepingCapacity: true)
    zone.append(interval.end, to: &text)
    json.field("end", plain: text)
  }
}

extension Timetable {
  /// The zone of the first place; for bookings of a place that is no longer in the business file.
  var firstZone: Zone? { business.locations.first.flatMap { zone(of: $0.id) } }
}
