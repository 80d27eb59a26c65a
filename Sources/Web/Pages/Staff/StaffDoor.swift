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

  /// Whether to offer something that touches the business as a whole, or one booking; the act asks again.
  func may(_ verb: Verb, on target: Target = .business) -> Bool { desk.may(verb, person, on: target) }

  /// The same for somebody's work as a whole.
  func may(_ verb: Verb, workOf member: StaffMember) -> Bool {
    may(verb, on: Target(workOf: member, in: business))
  }

  /// Whether it is of any use to them at all.
  func mayAny(_ verb: Verb) -> Bool { !desk.extent(verb, person).isEmpty }

  /// Whether this person does it with others' work, or with their own only.
  func reachesOthers(_ verb: Verb) -> Bool { !desk.extent(verb, person).isOwn(of: person.id) }

  /// Whether this person sees others' work, or their own only.
  var seesOthers: Bool { reachesOthers(.viewDay) }

  /// Whether lists of visits are of any use to them.
  var seesDays: Bool { mayAny(.viewDay) }

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
  /// Whose session the request of a program carries.
  ///
  /// - Throws: `.signInNeeded` without one, and for one that has ended; `.locked`; `.passwordDue`.
  func person(_ desk: Desk) async throws -> StaffPerson {
    let person = try await signedInPerson(desk)
    if person.isLocked { throw Refusal(.locked) }
    if person.passwordDue != nil { throw Refusal(.passwordDue) }
    return person
  }

  var sessionToken: String? { StaffCookie(web.settings).token(in: request) }

  private func signedInPerson(_ desk: Desk) async throws -> StaffPerson {
    guard let token = sessionToken, let person = try await desk.person(token: token) else {
      throw Refusal(.signInNeeded)
    }
    return person
  }

  fileprivate func signedIn() async throws -> StaffVisit {
    let desk = try await desk()
    let person = try await signedInPerson(desk)
    let timetable = try await desk.timetable()
    guard let home = timetable.firstZone else { throw Refusal(.unknown) }
    return StaffVisit(
      visit: self,
      desk: desk,
      timetable: timetable,
      person: person,
      home: home,
      csrf: desk.csrfToken(for: person)
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

/// What a session may be, besides awake and with nothing due.
enum SessionHindrance: Sendable {
  /// It opens again once its person proves who they are.
  case locked
  /// Nothing else is done before the password is changed.
  case passwordDue
}

/// The pages of those who work here; each handler is one route.
///
/// Refusals are answered inside the staff's own frame, so that the way on stays at hand.
enum StaffPages {
  /// Shows something to a signed-in person.
  ///
  /// A session that is locked gets the lock screen instead, one whose password must be changed the page for that.
  ///
  /// - Parameter open: what the page is open to all the same.
  static func show(
    _ visit: Visit,
    evenWhen open: Set<SessionHindrance> = [],
    _ body: (StaffVisit) async throws -> Response
  ) async throws -> Response {
    try await answer(try await visit.signedIn(), nil, open, body)
  }

  /// Does something for a signed-in person. The form must carry its session's token besides coming from this
  /// site (`CrossSite`): either alone would do in today's browsers, together one mistake opens nothing.
  ///
  /// What was typed is kept where the person has to prove first who they are (``KeptForm``).
  static func act(
    _ visit: Visit,
    evenWhen open: Set<SessionHindrance> = [],
    _ body: (StaffVisit, Form) async throws -> Response
  ) async throws -> Response {
    let staff = try await visit.signedIn()
    let form = try await visit.form()
    guard staff.desk.isCSRFTokenValid(form["csrf"] ?? "", for: staff.person) else {
      if visit.route == .api { throw Refusal(.notAllowed) }
      return try staff.refused(Refusal(.notAllowed))
    }
    return try await answer(staff, form, open) { try await body($0, form) }
  }

  private static func answer(
    _ staff: StaffVisit,
    _ form: Form?,
    _ open: Set<SessionHindrance>,
    _ body: (StaffVisit) async throws -> Response
  ) async throws -> Response {
    do {
      if staff.person.isLocked, !open.contains(.locked) { throw Refusal(.locked) }
      if staff.person.passwordDue != nil, !open.contains(.passwordDue) { throw Refusal(.passwordDue) }
      return try await body(staff)
    } catch let refusal as Refusal where staff.visit.route != .api {
      switch refusal.code {
      case .locked: return try staff.proofPage(.unlocking, KeptForm(staff.visit, form))
      case .stepUpRequired: return try staff.proofPage(.confirming, KeptForm(staff.visit, form))
      case .passwordDue: return seeOther(staff.base + "/password")
      case .signInNeeded: throw refusal
      default: return try staff.refused(refusal)
      }
    }
  }

  /// 303: the answer to a form is a page of its own, so that loading it again repeats nothing.
  static func seeOther(_ url: String) -> Response {
    Response(status: .seeOther, headers: [.location: url, .cacheControl: "no-store"])
  }
}
