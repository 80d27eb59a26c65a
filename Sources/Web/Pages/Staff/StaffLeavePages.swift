import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/leave`
  @Sendable static func moreAccess(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      try await LeaveAnswer(staff, notice: LeaveSaid(visit.query)?.sentence).page()
    }
  }

  /// `GET /staff/{business}/leave/{id}/standing`: 204 while it is open, 410 for anything else. Asked by pages that are open,
  /// without a sign-in: it tells whoever holds the number one bit, and keeps no session awake.
  @Sendable static func leaveStanding(_ visit: Visit) async throws -> Response {
    let isOpen = try await visit.desk().isLeaveOpen(try visit.identifier())
    return Response(status: isOpen ? .noContent : .gone, headers: [.cacheControl: "no-store"])
  }

  /// `GET /staff/{business}/sessions/{id}/standing`: 204 until it is ended, 410 for anything else. Asked by pages that are
  /// open, without a cookie, so that it keeps no session awake.
  @Sendable static func sessionStanding(_ visit: Visit) async throws -> Response {
    let stands = try await visit.desk().sessionStands(try visit.identifier())
    return Response(status: stands ? .noContent : .gone, headers: [.cacheControl: "no-store"])
  }

  /// `POST /staff/{business}/leave`
  @Sendable static func askLeave(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .asked) { staff, form in
      _ = try await staff.desk.askLeave(
        form["wish"],
        minutes: form["minutes"].flatMap { Int($0) },
        because: form["reason"],
        by: staff.person
      )
    }
  }

  /// `POST /staff/{business}/leave/emergency`
  @Sendable static func openEmergency(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .emergency) { staff, form in
      _ = try await staff.desk.openEmergency(because: form["emergency-reason"], by: staff.person)
    }
  }

  /// `POST /staff/{business}/leave/back`: all that one has, from the line on every page.
  @Sendable static func giveLeaveBack(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .ended) { staff, _ in
      try await staff.desk.giveLeaveBack(by: staff.person)
    }
  }

  /// `POST /staff/{business}/leave/{id}/yes`
  @Sendable static func giveLeave(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .given) { staff, form in
      try await staff.desk.giveLeave(
        try visit.identifier(),
        minutes: form["minutes"].flatMap { Int($0) },
        by: staff.person
      )
    }
  }

  /// `POST /staff/{business}/leave/{id}/no`
  @Sendable static func declineLeave(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .declined) { staff, _ in
      try await staff.desk.declineLeave(try visit.identifier(), by: staff.person)
    }
  }

  /// `POST /staff/{business}/leave/{id}/end`
  @Sendable static func endLeave(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .ended) { staff, _ in
      try await staff.desk.endLeave(try visit.identifier(), by: staff.person)
    }
  }

  /// `POST /staff/{business}/leave/{id}/review`
  @Sendable static func reviewEmergency(_ visit: Visit) async throws -> Response {
    try await leaveAct(visit, .reviewed) { staff, form in
      try await staff.desk.reviewEmergency(
        try visit.identifier(),
        as: form["review"],
        note: form["note"],
        by: staff.person
      )
    }
  }

  /// Does it and leads back to the page; what is wrong is said on it, with what was typed.
  private static func leaveAct(
    _ visit: Visit,
    _ said: LeaveSaid,
    _ body: (StaffVisit, Form) async throws -> Void
  ) async throws -> Response {
    try await act(visit) { staff, form in
      do {
        try await body(staff, form)
        return seeOther(staff.base + "/leave?said=" + said.rawValue)
      } catch let refusal as Refusal where refusal.code == .invalid {
        var answer = LeaveAnswer(staff, notice: nil)
        answer.take(refusal.fields, form, of: visit.parameter("id"))
        return try await answer.page(status: refusal.code.status)
      } catch let refusal as Refusal where LeaveWords.problem(refusal) != nil {
        var answer = LeaveAnswer(staff, notice: nil)
        answer.problem = LeaveWords.problem(refusal)
        return try await answer.page(status: refusal.code.status)
      } catch let refusal as Refusal where refusal.code == .tooMany {
        var answer = LeaveAnswer(staff, notice: nil)
        answer.problem =
          said == .emergency
          ? "That were \(LeaveRule.mostEmergencies) emergencies within a day. Please ask for access instead."
          : "You have asked already. Please wait for the answer, or take the question back."
        return try await answer.page(status: refusal.code.status)
      }
    }
  }
}

/// What the page says after something was done: a closed set.
enum LeaveSaid: String, Sendable {
  case asked
  case given
  case declined
  case ended
  case emergency
  case reviewed

  init?(_ query: Form) {
    guard let said = query["said"].flatMap(LeaveSaid.init(rawValue:)) else { return nil }
    self = said
  }

  var sentence: String {
    switch self {
    case .asked: "Your question is on its way. The answer will stand here."
    case .given: "It is open now, and ends by itself."
    case .declined: "You said no. Nothing was opened."
    case .ended: "It has ended."
    case .emergency: "It is open for half an hour. The owners know."
    case .reviewed: "Thank you. What you found is kept."
    }
  }
}
