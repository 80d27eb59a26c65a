import Desk
import HTTPTypes
import Hummingbird
import Primitives

/// The pages with which somebody names the business and becomes its owner.
enum SetUpPages {
  /// `GET /setup`: the code stands in the address's fragment, which never reaches us; a module posts it, or the person types
  /// it.
  @Sendable static func ask(_ visit: Visit) async throws -> Response { try page(visit, nil) }

  /// `POST /setup`: with the code alone shows the form, with the form founds the business and leads on to the owner's
  /// invite.
  @Sendable static func claim(_ visit: Visit) async throws -> Response {
    let form = try await visit.form()
    let code = (form["code"] ?? "").filter { !$0.isWhitespace }
    do {
      guard form["name"] != nil else {
        try await visit.web.setUp.check(code)
        return try page(visit, Details(code, Form(query: ""), []))
      }
      do {
        return StaffPages.seeOther(try await visit.web.setUp.claim(SetUpForm(form), code: code))
      } catch let refusal as Refusal where refusal.code == .invalid {
        return try page(visit, Details(code, form, refusal.fields))
      }
    } catch let refusal as Refusal where refusal.code == .linkSpent {
      return try page(visit, nil, isSpent: true)
    }
  }

  private struct Details {
    let code: String
    let form: Form
    let problems: [FieldProblem]

    init(_ code: String, _ form: Form, _ problems: [FieldProblem]) {
      self.code = code
      self.form = form
      self.problems = problems
    }
  }

  private static let spent =
    "This set-up link is wrong or has expired. Start the server again: it prints a new one in its terminal."

  private static func page(_ visit: Visit, _ details: Details?, isSpent: Bool = false) throws -> Response {
    var errors = FormErrors([])
    if isSpent { errors.add("code", spent) }
    for problem in details?.problems ?? [] { errors.add(problem.path, sentence(problem)) }
    let title = details == nil ? "Set up" : "Name your business"
    let page = SetUpPage(
      layout: visit.web.layout(title: (errors.isEmpty ? "" : "Problem: ") + title),
      action: "/setup",
      errors: errors.summary,
      codeError: errors["code"],
      details: details.map { SetUpPage.Details($0.code, $0.form, errors, host: visit.web.settings.address) }
    )
    let status: HTTPResponse.Status =
      isSpent ? RefusalCode.linkSpent.status : errors.isEmpty ? .ok : .unprocessableContent
    return try visit.page(page, status: status)
  }

  private static func sentence(_ problem: FieldProblem) -> String {
    switch (problem.path, problem.reason) {
    case ("name", .missing): "Please give the name customers know your business by."
    case ("owner", .missing): "Please give your own name."
    case ("email", .missing): "Please give your own e-mail address."
    case ("slug", _): "Use small letters a to z, digits, and single dashes between, at most 40."
    case ("zone", _): "Please choose the time zone your business works in."
    default: problem.reason.sentence
    }
  }
}

extension SetUpForm {
  fileprivate init(_ form: Form) {
    self.init(
      name: form["name"],
      slug: form["slug"],
      zone: form["zone"],
      ownerName: form["owner"],
      email: form["email"],
      mailboxReason: form["mailbox-reason"]
    )
  }
}

extension SetUpPage.Details {
  fileprivate init(_ code: String, _ form: Form, _ errors: FormErrors, host: String) {
    let zone = form.filled("zone")
    let isRole = errors["email"] == FieldReason.roleMailbox.sentence || form.filled("mailbox-reason") != nil
    self.init(
      code: code,
      name: errors.field("name", form["name"]),
      slug: errors.field("slug", form["slug"]),
      host: host,
      zone: zone.map { SetUpPage.Zone(name: $0, label: $0.replacing("_", with: " ")) },
      zoneError: errors["zone"],
      owner: errors.field("owner", form["owner"]),
      email: errors.field("email", form["email"]),
      mailboxReason: isRole ? errors.field("mailbox-reason", form["mailbox-reason"]) : nil
    )
  }
}
