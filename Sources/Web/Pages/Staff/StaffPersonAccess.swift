import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/people/{id}`
  @Sendable static func person(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in try await PersonAnswer(staff, notice: Said(visit.query)?.sentence).page()
    }
  }

  /// `POST /staff/{business}/people/{id}/invite`: the page with the link, this once; the link of a recovery is not shown.
  @Sendable static func invite(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      var answer = try PersonAnswer(staff)
      do {
        switch try await staff.desk.invite(answer.member.id, by: staff.person) {
        case .link(let link): answer.link = link
        case .recovery: return answer.seeOther(.recoveryAsked)
        }
      } catch let refusal as Refusal where refusal.code == .invalid {
        answer.errors = FormErrors(refusal.fields)
      } catch let refusal as Refusal where refusal.code == .mailNotSet {
        answer.isMailMissing = true
      }
      return try await answer.page()
    }
  }

  /// `POST /staff/{business}/people/{id}/recoveries/{recovery}/opening`: a second person lets it open before its time.
  @Sendable static func openRecovery(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      try await staff.desk.openRecovery(
        try visit.identifier("recovery"),
        of: answer.member.id,
        by: staff.person
      )
      return answer.seeOther(.recoveryOpened)
    }
  }

  /// `POST /staff/{business}/people/{id}/recoveries/{recovery}/end`
  @Sendable static func endRecoveryOfPerson(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      try await staff.desk.endRecovery(
        try visit.identifier("recovery"),
        of: answer.member.id,
        by: staff.person
      )
      return answer.seeOther(.recoveryEnded)
    }
  }

  /// `POST /staff/{business}/people/{id}/sessions/end`: all of them, but for the one that asks.
  @Sendable static func endSessionsOfPerson(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      let own = answer.member.id == staff.person.id ? staff.person.session : nil
      try await staff.desk.endSessions(of: answer.member.id, sparing: own, by: staff.person)
      return answer.seeOther(.sessionsEnded)
    }
  }

  /// `POST /staff/{business}/people/{id}/sessions/{session}/end`
  @Sendable static func endSessionOfPerson(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      try await staff.desk.endSession(
        try visit.identifier("session"),
        of: answer.member.id,
        by: staff.person
      )
      return answer.seeOther(.sessionEnded)
    }
  }

  /// `POST /staff/{business}/people/{id}/passkeys/{passkey}/removal`: as after a lost phone.
  @Sendable static func takePasskeyOfPerson(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      try await staff.desk.takePasskey(
        try visit.identifier("passkey"),
        of: answer.member.id,
        by: staff.person
      )
      return answer.seeOther(.passkeyTaken)
    }
  }

  /// `POST /staff/{business}/people/{id}/devices/{device}/forgetting`
  @Sendable static func forgetDeviceOfPerson(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      try await staff.desk.forgetDevice(
        try visit.identifier("device"),
        of: answer.member.id,
        by: staff.person
      )
      return answer.seeOther(.deviceForgotten)
    }
  }

  /// `POST /staff/{business}/people/{id}/findings/{finding}/explained`: it was one person after all.
  @Sendable static func explainFinding(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, _ in
      let answer = try PersonAnswer(staff)
      try await staff.desk.settleFinding(
        try visit.identifier("finding"),
        of: answer.member.id,
        as: .explained,
        by: staff.person
      )
      return answer.seeOther(.saved)
    }
  }

  /// `POST /staff/{business}/people/{id}/findings/{finding}/split`: the new person's page with their invite.
  @Sendable static func splitLogin(_ visit: Visit) async throws -> Response {
    try await act(visit) { staff, form in
      var answer = try PersonAnswer(staff)
      let second = SecondPerson(
        name: form["name"],
        email: form["email"],
        mailboxReason: form["mailbox-reason"]
      )
      do {
        let split = try await staff.desk.splitLogin(
          try visit.identifier("finding"),
          of: answer.member.id,
          giving: second,
          by: staff.person
        )
        var next = PersonAnswer(staff, of: split.person)
        next.link = split.link
        next.notice =
          "\(split.person.name) now has a sign-in of their own. \(answer.member.name) is signed out everywhere and must choose "
          + "a new password."
        return try await next.page()
      } catch let refusal as Refusal where refusal.code == .invalid {
        answer.errors = FormErrors(refusal.fields)
        answer.typed = form
        return try await answer.page()
      }
    }
  }
}

/// What the page of one person's access is filled with.
struct PersonAnswer: Sendable {
  let staff: StaffVisit
  let member: StaffMember
  var notice: String?
  /// Of an invite that was just made.
  var link: String?
  /// A recovery was asked for, and no mail can leave.
  var isMailMissing = false
  var errors = FormErrors([])
  /// What was typed into the form that splits a login.
  var typed: Form?
  /// The same into the form that gives a role.
  var typedRole: Form?
  /// Somebody was quicker.
  var problem: RefusalCode?

  /// Of the person named in the path.
  init(_ staff: StaffVisit, notice: String? = nil) throws(Refusal) {
    guard let id = Slug(staff.visit.parameter("id") ?? ""), let member = staff.timetable.staffMember(id)
    else {
      // Who may not see people does not learn who is one.
      throw Refusal(staff.may(.viewPeople) ? .unknown : .notAllowed)
    }
    // What is one's own ends on one's own page.
    guard member.id != staff.person.id || staff.may(.viewPeople) else { throw Refusal(.notAllowed) }
    self.init(staff, of: member)
    self.notice = notice
  }

  init(_ staff: StaffVisit, of member: StaffMember) {
    self.staff = staff
    self.member = member
  }

  var url: String { staff.base + "/people/\(member.id)" }

  func seeOther(_ said: Said) -> Response { StaffPages.seeOther(url + "?said=" + said.rawValue) }

  func page() async throws -> Response {
    let people = try await staff.desk.listPeople(by: staff.person)
    guard let access = people.first(where: { $0.person.id == member.id }) else { throw Refusal(.unknown) }
    let hasLeft = access.leftAt != nil
    let ways = hasLeft ? nil : try await staff.desk.openAccess(of: member.id, by: staff.person)
    let coming = hasLeft ? try await staff.desk.openComing(of: member.id, by: staff.person) : []
    let isMailed = link == nil ? false : try await staff.desk.isMailSet()
    let version = try await staff.desk.businessVersion()
    return try staff.visit.page(
      StaffPersonPage(self, access, ways, coming, isMailed: isMailed, version: version),
      status: problem?.status
        ?? (isMailMissing
          ? RefusalCode.mailNotSet.status : errors.isEmpty ? .ok : .unprocessableContent)
    )
  }
}
