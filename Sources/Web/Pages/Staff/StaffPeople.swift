import Booking
import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/people`
  @Sendable static func people(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let people = try await staff.desk.listPeople(by: staff.person)
      let due = try await staff.desk.reviewsDue(by: staff.person)
      return try visit.page(
        StaffPeoplePage(
          layout: staff.layout("People", .people),
          review: StaffPeoplePage.Review(
            url: staff.base + "/review",
            text: due == 0
              ? "Access review: is each role still right?"
              : "Access review: \(PageWords.count(due, "role")) to be confirmed",
            isDue: due > 0
          ),
          people: people.map { StaffPeoplePage.Person($0, staff) },
          newURL: staff.may(.invitePeople) && staff.may(.manageRoles) ? staff.base + "/people/new" : nil,
          approvals: try await staff.waiting()
        )
      )
    }
  }
}

extension StaffPeoplePage.Person {
  fileprivate init(_ access: PersonAccess, _ staff: StaffVisit) {
    let person = access.person
    let words = AccessState(access)
    self.init(
      name: person.name,
      role: StaffWords.role(person.role, of: staff.business),
      isReader: person.id == staff.person.id,
      access: words.sentence,
      accessKind: words.kind,
      hints: access.hints,
      url: staff.base + "/people/\(person.id)",
      finding: access.findings == 0 ? nil : "More than one person may be using this sign-in"
    )
  }
}

/// Whether somebody can sign in, in a few words.
struct AccessState {
  let sentence: String
  /// `can`, `invited`, `none` or `left`.
  let kind: String

  init(_ access: PersonAccess) {
    switch (access.canSignIn, access.isInvited) {
    case _ where access.leftAt != nil: (sentence, kind) = ("Has left", "left")
    case _ where access.recovery != nil:
      (sentence, kind) =
        access.canSignIn ? ("Can sign in, is to start over", "can") : ("Is to start over", "invited")
    case (true, false): (sentence, kind) = ("Can sign in", "can")
    case (true, true): (sentence, kind) = ("Can sign in, new invite open", "can")
    case (false, true): (sentence, kind) = ("Invited, not accepted yet", "invited")
    case (false, false):
      (sentence, kind) = (access.hasTakenUp ? "Cannot sign in any more" : "No access yet", "none")
    }
  }
}

extension PersonAccess {
  /// What an owner should know of how somebody signs in.
  fileprivate var hints: [String] {
    var hints: [String] = []
    if canSignIn, !hasPasskey { hints.append("No passkey yet") }
    if let mailboxReason { hints.append("Shared address: \(mailboxReason)") }
    return hints
  }
}
