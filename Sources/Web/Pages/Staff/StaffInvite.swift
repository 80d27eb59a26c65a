import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/invite`: the code stands in the address's fragment, which never reaches us; a
  /// module posts it, or the person types it.
  @Sendable static func invitePage(_ visit: Visit) async throws -> Response {
    try await ask(visit, nil)
  }

  /// `POST /staff/{business}/invite`: with the code alone shows what to set up, with password and app's code
  /// sets it.
  @Sendable static func takeInvite(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let form = try await visit.form()
    let invite = (form["invite"] ?? "").filter { !$0.isWhitespace }
    do {
      guard let password = form["password"] else {
        return try await setUp(visit, try await desk.openInvite(invite), invite, [])
      }
      do {
        try await desk.takeInvite(
          invite,
          password: password,
          totpCode: (form["code"] ?? "").filter { !$0.isWhitespace }
        )
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try await setUp(visit, try await desk.openInvite(invite), invite, refusal.fields)
      }
    } catch let refusal as Refusal where refusal.code == .inviteSpent {
      return try await ask(visit, refusal.code)
    }
    return seeOther("/staff/\(desk.business)/sign-in?said=" + Said.inviteTaken.rawValue)
  }

  private static func ask(_ visit: Visit, _ refusal: RefusalCode?) async throws -> Response {
    let business = try await visit.desk().timetable().business
    let item = refusal.map { ErrorSummary.Item(message: $0.sentence, target: "#invite") }
    return try visit.page(
      StaffInvitePage(
        layout: visit.layout(business, title: "Invite", hasErrors: refusal != nil),
        action: "/staff/\(business.id)/invite",
        errors: item.map { ErrorSummary(items: [$0]) },
        inviteError: refusal?.sentence,
        setUp: nil
      ),
      status: refusal?.status ?? .ok
    )
  }

  private static func setUp(
    _ visit: Visit,
    _ opened: OpenedInvite,
    _ invite: String,
    _ problems: [FieldProblem]
  ) async throws -> Response {
    let business = try await visit.desk().timetable().business
    var errors = FormErrors([])
    for problem in problems {
      let isShort = problem.path == "password" && problem.reason == .tooShort
      errors.add(problem.path, isShort ? "Please use at least 12 characters." : problem.reason.sentence)
    }
    return try visit.page(
      StaffInvitePage(
        layout: visit.layout(business, title: "Invite", hasErrors: !problems.isEmpty),
        action: "/staff/\(business.id)/invite",
        errors: errors.summary,
        inviteError: nil,
        setUp: StaffInvitePage.SetUp(
          invite: invite,
          who: opened.name,
          email: opened.email,
          secretGroups: groupsOfFour(opened.totpSecret),
          otpauthURL: opened.totpURI,
          qr: QRCode(opened.totpURI).map { code in
            StaffInvitePage.Picture(side: String(code.size + 2 * QRCode.quietZone), path: code.path)
          },
          passwordError: errors["password"],
          codeError: errors["code"]
        )
      ),
      status: problems.isEmpty ? .ok : .unprocessableContent
    )
  }

  private static func groupsOfFour(_ text: String) -> [String] {
    var rest = Substring(text)
    var groups: [String] = []
    while !rest.isEmpty {
      groups.append(String(rest.prefix(4)))
      rest = rest.dropFirst(4)
    }
    return groups
  }
}
