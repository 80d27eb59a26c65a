import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// A request of somebody who has signed in.
struct StaffVisit: Sendable {
  let visit: Visit
  let desk: Desk
  let timetable: Timetable
  let person: StaffPerson
  /// The zone of the first place.
  let home: Zone
  /// What every form of this session carries.
  let csrf: String

  var business: Business { timetable.business }
  /// `/staff/spare-hands`
  var base: String { "/staff/\(desk.business)" }

  func may(_ verb: Verb, touching staff: Slug? = nil) -> Bool { desk.may(verb, person, touching: staff) }

  /// Whether this person sees everybody's work, or their own only.
  var seesEverybody: Bool { may(.viewDay) }

  /// The day it is at the first place.
  var today: CivilDay { home.day(at: desk.now) }

  /// The zone of a booking's place; the first place's for one that is no longer in the business file.
  func zone(of booking: BookingRecord) -> Zone { timetable.zone(of: booking.location) ?? home }

  /// The zone of the place where somebody works first.
  func zone(of person: StaffMember) -> Zone {
    person.hours.first.flatMap { timetable.zone(of: $0.location) } ?? home
  }

  func name(of person: Slug) -> String { timetable.staffMember(person)?.name ?? person.text }

  func appointment(_ visit: DayVisit) -> Appointment {
    PageWords.appointment(StaffWords.service(visit), visit.booking.served, in: zone(of: visit.booking))
  }
}

extension Visit {
  /// Whose session the request carries.
  ///
  /// - Throws: `.signInNeeded` without one, and for one that has ended.
  func person(_ desk: Desk) async throws -> StaffPerson {
    guard let token = sessionToken, let person = try await desk.person(token: token) else {
      throw Refusal(.signInNeeded)
    }
    return person
  }

  fileprivate var sessionToken: String? { StaffCookie(web.settings).token(in: request) }

  fileprivate func signedIn() async throws -> StaffVisit {
    let desk = try await desk()
    guard let token = sessionToken else { throw Refusal(.signInNeeded) }
    let person = try await person(desk)
    let timetable = try await desk.timetable()
    guard let home = timetable.firstZone else { throw Refusal(.unknown) }
    return StaffVisit(
      visit: self,
      desk: desk,
      timetable: timetable,
      person: person,
      home: home,
      csrf: desk.csrfToken(for: token)
    )
  }
}

extension Form {
  /// A name of the business file; nil when empty.
  ///
  /// - Throws: `.invalid` for what is no such name: a mistake must not become "anyone".
  func slug(_ name: String) throws -> Slug? {
    guard let text = filled(name) else { return nil }
    guard let slug = Slug(text) else { throw Refusal.invalid(name, .notAChoice) }
    return slug
  }
}

/// The pages of those who work here; each handler is one route.
///
/// Refusals are answered inside the staff's own frame, so that the way on stays at hand.
enum StaffPages {
  /// Shows something to a signed-in person.
  static func show(_ visit: Visit, _ body: (StaffVisit) async throws -> Response) async throws -> Response {
    let staff = try await visit.signedIn()
    do {
      return try await body(staff)
    } catch let refusal as Refusal {
      return try staff.refused(refusal)
    }
  }

  /// Does something for a signed-in person. The form must carry its session's token besides coming from this
  /// site (`CrossSite`): either alone would do in today's browsers, together one mistake opens nothing.
  static func act(_ visit: Visit, _ body: (StaffVisit, Form) async throws -> Response) async throws
    -> Response
  {
    try await show(visit) { staff in
      let form = try await visit.form()
      guard let token = visit.sessionToken, staff.desk.isCSRFTokenValid(form["csrf"] ?? "", for: token)
      else { throw Refusal(.notAllowed) }
      return try await body(staff, form)
    }
  }

  /// 303: the answer to a form is a page of its own, so that loading it again repeats nothing.
  static func seeOther(_ url: String) -> Response {
    Response(status: .seeOther, headers: [.location: url, .cacheControl: "no-store"])
  }
}
