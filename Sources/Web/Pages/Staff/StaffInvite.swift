import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/invite`: the code stands in the address's fragment, which never reaches us; a
  /// module posts it, or the person types it.
  @Sendable static func invitePage(_ visit: Visit) async throws -> Response {
    try await ask(visit, nil)
  }

  /// `POST /staff/{business}/invite/options`: what the first passkey is made with; the code stands in the form.
  @Sendable static func invitePasskeyOptions(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    return .passkeyCreation(try await desk.invitePasskeyOptions(invite(try await visit.form())))
  }

  /// `POST /staff/{business}/invite`, `POST /staff/{business}/invite/passkey`: with the code alone shows what to set up; with a passkey, or with password and app's
  /// code, sets it up and signs in.
  @Sendable static func takeInvite(_ visit: Visit) async throws -> Response {
    let desk = try await visit.desk()
    let form = try await visit.form()
    let invite = invite(form)
    do {
      guard let chosen = NewSignIn(form, visit) else {
        return try await setUp(visit, try await desk.openInvite(invite), invite, form, [])
      }
      do {
        let signedIn = try await desk.takeInvite(invite, chosen, from: visit.client)
        return seeOther("/staff/\(desk.business)/account?said=" + Said.inviteTaken.rawValue, signedIn, visit)
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try await setUp(visit, try await desk.openInvite(invite), invite, form, refusal.fields)
      }
    } catch let refusal as Refusal where refusal.code == .inviteSpent {
      return try await ask(visit, refusal.code)
    } catch let refusal as Refusal where refusal.code == .tooEarly {
      return try await tooEarly(visit, refusal)
    }
  }

  private static func invite(_ form: Form) -> String { (form["invite"] ?? "").filter { !$0.isWhitespace } }

  private static func ask(_ visit: Visit, _ refusal: RefusalCode?) async throws -> Response {
    let business = try await visit.desk().timetable().business
    let item = refusal.map { ErrorSummary.Item(message: $0.sentence, target: "#invite") }
    return try visit.page(
      StaffInvitePage(
        layout: visit.layout(business, title: "Invite", hasErrors: refusal != nil),
        action: "/staff/\(business.id)/invite",
        errors: item.map { ErrorSummary(items: [$0]) },
        inviteError: refusal?.sentence,
        opens: nil,
        setUp: nil
      ),
      status: refusal?.status ?? .ok
    )
  }

  /// The link of a recovery that waits: when to come back. Nothing is spent.
  private static func tooEarly(_ visit: Visit, _ refusal: Refusal) async throws -> Response {
    let desk = try await visit.desk()
    let timetable = try await desk.timetable()
    guard let zone = timetable.firstZone else { throw Refusal(.unknown) }
    let business = timetable.business
    let opens = desk.now + (refusal.wait ?? 0)
    return try visit.page(
      StaffInvitePage(
        layout: visit.layout(business, title: "Not open yet"),
        action: "/staff/\(business.id)/invite",
        errors: nil,
        inviteError: nil,
        opens: PageWords.moment(opens, in: zone) + ", " + PageWords.zone(zone, at: opens),
        setUp: nil
      ),
      status: refusal.code.status
    )
  }

  private static func setUp(
    _ visit: Visit,
    _ opened: OpenedInvite,
    _ invite: String,
    _ form: Form,
    _ problems: [FieldProblem]
  ) async throws -> Response {
    let desk = try await visit.desk()
    let business = try await desk.timetable().business
    var errors = FormErrors([])
    for problem in problems where problem.path != "passkey" {
      let isShort = problem.path == "password" && problem.reason == .tooShort
      errors.add(problem.path, isShort ? "Please use at least 12 characters." : problem.reason.sentence)
    }
    let isPasskeyWrong = problems.contains { $0.path == "passkey" }
    return try visit.page(
      StaffInvitePage(
        layout: visit.layout(business, title: "Invite", hasErrors: !problems.isEmpty),
        action: "/staff/\(business.id)/invite",
        errors: errors.summary,
        inviteError: nil,
        opens: nil,
        setUp: StaffInvitePage.SetUp(
          invite: invite,
          who: opened.name,
          email: opened.email,
          replaces: opened.replaces,
          passkeyURL: "/staff/\(business.id)/invite/passkey",
          optionsURL: "/staff/\(business.id)/invite/options",
          passkeyProblem: isPasskeyWrong
            ? "The answer of this device could not be used. Please try once more." : nil,
          label: errors.field("label", form["label"]),
          secretGroups: groupsOfFour(opened.totpSecret),
          otpauthURL: opened.totpURI,
          qr: QRCode(opened.totpURI).map { code in
            StaffInvitePage.Picture(side: String(code.size + 2 * QRCode.quietZone), path: code.path)
          },
          suggestion: desk.suggestedPassword(),
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

extension NewSignIn {
  /// Nil while nothing has been chosen.
  fileprivate init?(_ form: Form, _ visit: Visit) {
    if let passkey = form.filled("passkey") {
      self = .passkey(passkey, label: form.filled("label") ?? visit.client.kind.words)
    } else if let password = form["password"] {
      self = .password(password, code: (form["code"] ?? "").filter { !$0.isWhitespace })
    } else {
      return nil
    }
  }
}
