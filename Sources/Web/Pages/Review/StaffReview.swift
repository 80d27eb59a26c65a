import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/review`
  @Sendable static func review(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let review = try await staff.desk.openReview(by: staff.person)
      return try visit.page(StaffReviewPage(review, staff, said: Said(visit.query)))
    }
  }

  /// `POST /staff/{business}/review/{id}` with `answer`.
  @Sendable static func answerReview(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      guard let answer = form["answer"].flatMap(ReviewAnswer.init(rawValue:)) else {
        throw Refusal.invalid("answer", .notAChoice)
      }
      guard let person = visit.parameter("id").flatMap({ Slug($0) }) else { throw Refusal(.unknown) }
      try await staff.desk.answerReview(answer, of: person, by: staff.person)
      return seeOther(staff.base + "/review?said=" + Said.saved.rawValue)
    }
  }
}

extension StaffReviewPage {
  fileprivate init(_ review: AccessReview, _ staff: StaffVisit, said: Said?) {
    let now = staff.desk.now
    self.init(
      layout: staff.layout("Access review", .people),
      peopleURL: staff.base + "/people",
      notice: said?.sentence,
      usedSince: PageWords.longDay(staff.home.day(at: review.usedSince)),
      people: review.people.sorted { one, other in
        (one.lapsesAt?.seconds ?? .max, one.person.name) < (
          other.lapsesAt?.seconds ?? .max, other.person.name
        )
      }.map { Person($0, staff, now) }
    )
  }
}

extension StaffReviewPage.Person {
  fileprivate init(_ access: ReviewedAccess, _ staff: StaffVisit, _ now: Instant) {
    func day(_ instant: Instant) -> String { PageWords.longDay(staff.home.day(at: instant)) }
    let isSelf = access.person.id == staff.person.id
    let isDue = access.lapsesAt.map { $0 - now <= StandingRule.reviewAhead } ?? false
    self.init(
      name: access.person.name,
      role: StaffWords.roleAndPlaces(access.person, access.role, staff.business),
      stands: access.lapsesAt.map { access.isLapsed ? "Ended on \(day($0))" : "Good until \(day($0))" }
        ?? "Stays",
      kind: access.lapsesAt == nil ? "stays" : access.isLapsed ? "over" : isDue ? "due" : "good",
      confirmed: access.reviewedAt.map { at in
        "Confirmed on \(day(at))" + (access.reviewedBy.map { " by \($0)" } ?? "")
      },
      seen: access.seenAt.map { "Last signed in, or let in, on \(day($0))" },
      isDormant: access.isDormant,
      unused: access.unused.map(RoleWords.inSentence),
      url: isSelf || !staff.may(.manageRoles) ? nil : staff.base + "/review/\(access.person.id)",
      mayKeep: access.mayKeep,
      anewURL: access.mayKeep || isSelf ? nil : staff.base + "/people/\(access.person.id)",
      mayRemove: access.lapsesAt != nil && !access.isLapsed,
      mayWake: access.isAsleep
    )
  }
}

extension StaffWords {
  /// "Receptionist, at The workshop": places only where the role is bound to them.
  static func roleAndPlaces(_ member: StaffMember, _ role: RoleDefinition, _ business: Business) -> String {
    guard role.rules.contains(where: { $0.scope == .location }) else { return role.name }
    let places = business.places(of: member)
    let names = business.locations.filter { places.contains($0.id) }.map(\.name)
    return role.name + (names.isEmpty ? ", at no place yet" : ", at " + names.joined(separator: " and "))
  }
}
