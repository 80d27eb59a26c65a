import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/people`
  @Sendable static func people(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in try await peoplePage(staff, invite: nil) }
  }

  /// `POST /staff/{business}/people/{id}/invite`: the page with the link, this once.
  @Sendable static func invite(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      guard let id = Slug(visit.parameter("id") ?? ""), let member = staff.timetable.staffMember(id) else {
        throw Refusal(.unknown)
      }
      let url = try await staff.desk.invite(id, by: staff.person)
      let lifetime = PageWords.count(Desk.inviteLifetime / 3_600, "hour")
      return try await peoplePage(
        staff,
        invite: StaffPeoplePage.Invite(person: member.name, url: url, lifetime: lifetime)
      )
    }
  }

  private static func peoplePage(_ staff: StaffVisit, invite: StaffPeoplePage.Invite?) async throws
    -> Response
  {
    let people = try await staff.desk.listPeople(by: staff.person)
    return try staff.visit.page(
      StaffPeoplePage(
        layout: staff.layout("People", .people),
        people: people.map { StaffPeoplePage.Person($0, staff) },
        invite: invite,
        problem: nil
      )
    )
  }
}

extension StaffPeoplePage.Person {
  fileprivate init(_ access: PersonAccess, _ staff: StaffVisit) {
    let (words, kind) =
      switch (access.canSignIn, access.isInvited) {
      case (true, false): ("Can sign in", "can")
      case (true, true): ("Can sign in, new invite open", "can")
      case (false, true): ("Invited, not accepted yet", "invited")
      case (false, false): ("No access yet", "none")
      }
    self.init(
      name: access.person.name,
      role: StaffWords.role(access.person.role),
      access: words,
      accessKind: kind,
      inviteURL: staff.may(.invitePeople) ? staff.base + "/people/\(access.person.id)/invite" : nil,
      inviteLabel: access.canSignIn || access.isInvited ? "Invite again" : "Invite"
    )
  }
}
