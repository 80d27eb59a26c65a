import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/password`
  @Sendable static func passwordPage(_ visit: Visit) async throws -> Response {
    try await show(visit, evenWhen: [.passwordDue]) { staff in try await passwordPage(staff, problems: []) }
  }

  /// `POST /staff/{business}/password`: `current` and `password`, both as typed.
  @Sendable static func changePassword(_ visit: Visit) async throws -> Response {
    try await act(visit, evenWhen: [.passwordDue]) { staff, form in
      do {
        try await staff.desk.changePassword(
          current: form["current"] ?? "",
          new: form["password"] ?? "",
          by: staff.person
        )
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try await passwordPage(staff, problems: refusal.fields)
      }
      return seeOther(staff.base + "/password?said=" + Said.passwordChanged.rawValue)
    }
  }

  /// `GET /.well-known/change-password`: where a password manager sends people.
  ///
  /// - SeeAlso: W3C, A Well-Known URL for Changing Passwords.
  @Sendable static func passwordChangingPlace(_ visit: Visit) async throws -> Response {
    let businesses = try await visit.web.house.businesses()
    let only = businesses.count == 1 ? businesses.first : nil
    return Response(
      status: .found,
      headers: [.location: only.map { "/staff/\($0)/password" } ?? "/", .cacheControl: "no-store"]
    )
  }

  private static func passwordPage(_ staff: StaffVisit, problems: [FieldProblem]) async throws -> Response {
    let own = try await staff.desk.ownPassword(of: staff.person)
    var errors = FormErrors([])
    let heading = own.isSet ? "Change your password" : "Set a password"
    for problem in problems { errors.add(problem.path, PasswordWords.sentence(of: problem)) }
    return try staff.visit.page(
      StaffPasswordPage(
        layout: staff.layout(heading, hasProblem: !problems.isEmpty),
        notice: problems.isEmpty ? Said(staff.visit.query)?.sentence : nil,
        due: own.due.map { PasswordWords.reason($0, every: own.changedEvery) },
        errors: errors.summary(naming: ["current": "Current password", "password": "New password"]),
        heading: heading,
        action: staff.base + "/password",
        isSet: own.isSet,
        codeAppURL: own.hasCodeApp ? nil : staff.base + "/code-app",
        email: own.email,
        suggestion: staff.desk.suggestedPassword(),
        currentError: errors["current"],
        passwordError: errors["password"]
      ),
      status: problems.isEmpty ? .ok : .unprocessableContent
    )
  }
}

/// What pages say about passwords.
enum PasswordWords {
  static let tooShort = "Please use at least \(PasswordRule.shortest) characters."
  static let tooLong = "Please use at most \(PasswordRule.longest) characters; nothing is cut off."

  static func sentence(of problem: FieldProblem) -> String {
    switch (problem.path, problem.reason) {
    case ("current", .mismatch): "This is not your current password."
    case (_, .tooShort): tooShort
    case (_, .tooLong): tooLong
    default: problem.reason.sentence
    }
  }

  /// - Parameter days: the business's calendar.
  static func reason(_ due: PasswordDue, every days: Int?) -> String {
    switch due {
    case .breached:
      "Your password is on a list of stolen passwords, which attackers try first. Please choose a new one before you go on."
    case .sharedLogin:
      "It looks as if more people than you use this account. Please choose a new password, for yourself alone, before you go on."
    case .asked: "The owner asks you to choose a new password before you go on."
    case .calendar:
      "Here, passwords are changed every \(PageWords.count(days ?? 0, "day")). Please choose a new one before you go on."
    }
  }
}
