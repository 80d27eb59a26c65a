import Booking
import Desk
import HTTPTypes
import Hummingbird
import People
import Primitives

/// The page of one role: its questions, or what it may do where it cannot be changed.
struct RolePages {
  let staff: StaffVisit
  /// Nil for a new one.
  let role: RoleDefinition?
  /// What a new one begins as.
  let like: RoleDefinition?

  /// A new one; like the receptionist where nothing else is said.
  init(_ staff: StaffVisit, like: String?) {
    self.staff = staff
    role = nil
    let wanted = like.flatMap { Role(rawValue: $0) } ?? .receptionist
    self.like = staff.business.definition(of: wanted)
  }

  /// One that exists.
  init(_ staff: StaffVisit, named name: String?) throws(Refusal) {
    guard let name, let id = Role(rawValue: name), let role = staff.business.definition(of: id) else {
      throw Refusal(.unknown)
    }
    self.staff = staff
    self.role = role
    like = nil
  }

  /// Nil for a role that is built in, or that says more than the page can ask.
  var editable: RoleSheet? {
    guard let role, !Role.builtIn.contains(role.id) else { return nil }
    return RoleSheet(role)
  }

  /// What the box of errors calls each field.
  private static let labels: [String: String] = Verb.allCases.reduce(
    into: ["name": "Name of the role", "per_minute": "In one minute", "per_day": "In one day"]
  ) { labels, verb in
    for field in [RoleSheet.scopeField(verb), RoleSheet.beforeField(verb), RoleSheet.afterField(verb)] {
      labels[field] = RoleWords.label(verb)
    }
  }

  /// The answers of the role that a new one begins as, under another name.
  func sheet(named name: String) -> RoleSheet? {
    like.flatMap { like in
      var copy = like
      copy.name = name
      return RoleSheet(copy)
    }
  }

  static func people(_ holders: [StaffMember]) -> String? {
    holders.isEmpty ? nil : holders.map(\.name).joined(separator: ", ")
  }

  func save(_ form: Form) async throws -> Response {
    let sheet = RoleSheet(form, denials: (role ?? like)?.rules.filter { $0.effect == .deny } ?? [])
    var errors = FormErrors([])
    let rules = sheet.rules(&errors)
    guard errors.isEmpty else { return try await self.form(sheet, errors) }
    let draft = RoleDraft(
      name: sheet["name"],
      rules: rules,
      perMinute: Int(sheet["per_minute"]),
      perDay: Int(sheet["per_day"])
    )
    do {
      let saved = try await staff.desk.saveRole(
        draft,
        as: role?.id,
        version: role == nil ? nil : form["version"].flatMap { Int($0) },
        by: staff.person
      )
      if case .asked(let approval) = saved.outcome {
        return StaffPages.seeOther(staff.base + "/approvals?said=" + Said(asked: approval).rawValue)
      }
      return StaffPages.seeOther(staff.base + "/roles?said=" + Said.roleSaved.rawValue)
    } catch let refusal as Refusal where refusal.code == .invalid {
      let problems = refusal.fields.map { problem in
        FieldProblem(path: problem.path.replacing("limit/", with: ""), reason: problem.reason)
      }
      return try await self.form(sheet, FormErrors(problems))
    } catch let refusal as Refusal where refusal.code == .stale {
      return try await self.form(sheet, FormErrors([]), problem: refusal)
    }
  }

  func form(_ sheet: RoleSheet, _ errors: FormErrors, problem: Refusal? = nil) async throws -> Response {
    let url = staff.base + "/roles" + (role.map { "/" + $0.id.rawValue } ?? "")
    let holders = role.map { role in staff.business.staff.filter { $0.role == role.id } }
    return try await page(
      form: StaffRolePage.RoleForm(
        action: url,
        like: like?.id.rawValue ?? "",
        name: errors.field("name", sheet["name"]),
        things: Verb.Object.allCases.map { thing($0, sheet, errors) },
        perMinute: errors.field("per_minute", sheet["per_minute"]),
        perDay: errors.field("per_day", sheet["per_day"]),
        denials: sheet.denials.map(RoleWords.line),
        button: role == nil ? "Make the role" : "Save the role"
      ),
      errors,
      problem: problem?.code.sentence,
      removalURL: holders?.isEmpty == true ? url + "/removal" : nil,
      status: problem?.code.status ?? (errors.isEmpty ? .ok : .unprocessableContent)
    )
  }

  /// What it may do, and why it cannot be changed here.
  func fixed() async throws -> Response {
    let isBuiltIn = role.map { Role.builtIn.contains($0.id) } ?? true
    return try await page(
      form: nil,
      FormErrors([]),
      fixed: isBuiltIn
        ? "This role comes with Cloakroom and stays as it is. Make a new one like it to change something."
        : "This role has rules that this page cannot ask for. Change it in the business file, or make a new one."
    )
  }

  private func page(
    form: StaffRolePage.RoleForm?,
    _ errors: FormErrors,
    problem: String? = nil,
    fixed: String? = nil,
    removalURL: String? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let heading = role?.name ?? "New role"
    let hasProblem = !errors.isEmpty || problem != nil
    let holders = role.map { role in staff.business.staff.filter { $0.role == role.id } }
    return try staff.visit.page(
      StaffRolePage(
        layout: staff.layout(heading, .roles, hasProblem: hasProblem),
        heading: heading,
        rolesURL: staff.base + "/roles",
        notice: nil,
        problem: problem,
        errors: errors.summary(naming: RolePages.labels),
        form: form,
        fixed: fixed,
        groups: form == nil ? (role.map(RolePages.groups) ?? []) : [],
        people: holders.map { RolePages.people($0) ?? "Nobody" },
        removalURL: removalURL,
        version: String(try await staff.desk.businessVersion())
      ),
      status: status
    )
  }

  static func groups(_ role: RoleDefinition) -> [StaffRolePage.Group] {
    RoleWords.groups(role).map { StaffRolePage.Group(heading: $0.heading, lines: $0.lines) }
  }
}

extension RolePages {
  private func thing(_ object: Verb.Object, _ sheet: RoleSheet, _ errors: FormErrors) -> StaffRolePage.Thing {
    StaffRolePage.Thing(
      heading: RoleWords.heading(object),
      questions: Verb.allCases.filter { $0.object == object }.map { question($0, sheet, errors) }
    )
  }

  private func question(_ verb: Verb, _ sheet: RoleSheet, _ errors: FormErrors) -> StaffRolePage.Question {
    let field = RoleSheet.scopeField(verb)
    let chosen = sheet[field]
    let scopes = verb.scopes.map { scope in
      Option(
        value: scope.rawValue,
        label: RoleWords.choice(scope, of: verb),
        isChosen: chosen == scope.rawValue
      )
    }
    let isNone = !scopes.contains { $0.isChosen }
    return StaffRolePage.Question(
      field: field,
      label: RoleWords.label(verb),
      isStrong: verb.isStrong,
      options: [Option(value: "", label: "No", isChosen: isNone)] + scopes,
      error: errors[field],
      details: verb.showsFields ? details(sheet, errors) : nil,
      window: verb.hasWindow ? window(verb, sheet, errors) : nil
    )
  }

  private func details(_ sheet: RoleSheet, _ errors: FormErrors) -> StaffRolePage.Details {
    let chosen = Level(rawValue: sheet[RoleSheet.detailsField]) ?? .p0
    return StaffRolePage.Details(
      options: [Level.p0, .p1, .p2].map {
        Option(value: $0.rawValue, label: RoleWords.level($0), isChosen: $0 == chosen)
      },
      error: errors[RoleSheet.detailsField]
    )
  }

  private func window(_ verb: Verb, _ sheet: RoleSheet, _ errors: FormErrors) -> StaffRolePage.Window {
    let fields = (before: RoleSheet.beforeField(verb), after: RoleSheet.afterField(verb))
    return StaffRolePage.Window(
      legend: verb.showsFields
        ? "Name, address and answers around the visit only" : "Around the visit only",
      beforeField: fields.before,
      afterField: fields.after,
      before: errors.field(fields.before, sheet[fields.before]),
      after: errors.field(fields.after, sheet[fields.after]),
      error: errors[fields.before] ?? errors[fields.after]
    )
  }
}
