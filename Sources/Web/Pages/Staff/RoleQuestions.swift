import Booking
import Desk
import People
import Primitives

/// What a form says about somebody's role.
struct RoleQuestions: Sendable {
  let role: Role?
  let locations: [Slug]
  let team: Slug?
  let engagement: Engagement?
  private(set) var problems: [FieldProblem] = []

  init(_ form: Form) {
    role = form.filled("role").flatMap { Role(rawValue: $0) }
    if role == nil { problems.append(FieldProblem(path: "role", reason: .missing)) }
    locations = form.named("place-").keys.sorted().compactMap { Slug($0) }
    let spelt = form.filled("team").map { Slug(spelling: $0) }
    team = spelt ?? nil
    if let spelt, spelt == nil { problems.append(FieldProblem(path: "team", reason: .notAChoice)) }
    let purpose = form.filled("purpose")
    guard let text = form.filled("last_day") else {
      engagement = nil
      if purpose != nil { problems.append(FieldProblem(path: "last_day", reason: .missing)) }
      return
    }
    let day = CivilDay(text)
    if day == nil { problems.append(FieldProblem(path: "last_day", reason: .notADay)) }
    if purpose == nil { problems.append(FieldProblem(path: "purpose", reason: .missing)) }
    engagement = day.flatMap { day in purpose.map { Engagement(lastDay: day, purpose: $0) } }
  }

  /// What the box of errors calls each field.
  static let labels = [
    "name": "Name", "email": "E-mail address", "role": "Role", "locations": "Places", "team": "Team",
    "last_day": "Last day", "purpose": "What they are here for",
  ]

  /// What is wrong besides; each field says one thing.
  func all(_ refusal: Refusal) -> [FieldProblem] {
    let known = Set(problems.map(\.path))
    return problems + refusal.fields.filter { !known.contains($0.path) }
  }
}

extension RolePanel {
  /// - Parameters:
  ///   - member: what is answered before anything is typed; nil for somebody new.
  ///   - typed: the form as it was sent; nil before.
  init(_ business: Business, _ member: StaffMember?, _ typed: Form?, _ errors: FormErrors) {
    let chosen = typed.map { $0["role"] ?? "" } ?? member?.role.rawValue
    let places = typed.map { Set($0.named("place-").keys) } ?? Set(member?.locations.map(\.text) ?? [])
    func field(_ name: String, _ known: String?) -> Field {
      errors.field(name, typed.map { $0[name] ?? "" } ?? known)
    }
    let lastDay = field("last_day", member?.engagement?.lastDay.description)
    let team = field("team", member?.team?.text)
    let purpose = field("purpose", member?.engagement?.purpose)
    self.init(
      roles: business.allRoles.map {
        Option(value: $0.id.rawValue, label: $0.name, isChosen: $0.id.rawValue == chosen)
      },
      roleError: errors["role"],
      places: business.locations.map {
        Place(field: "place-" + $0.id.text, label: $0.name, isChosen: places.contains($0.id.text))
      },
      placesError: errors["locations"],
      team: team,
      lastDay: lastDay,
      purpose: purpose,
      isLong: [team, lastDay, purpose].contains { !$0.value.isEmpty || $0.error != nil }
    )
  }
}
