import Booking
import People
import Primitives

/// A role as the page asks for it: one answer for each verb, by the names of the form's fields.
struct RoleSheet: Sendable {
  private(set) var answers: [String: String]
  /// Rules that say never: shown, and kept as they are.
  let denials: [RoleRule]

  static func scopeField(_ verb: Verb) -> String { "verb-" + verb.rawValue }
  static func beforeField(_ verb: Verb) -> String { "before-" + verb.rawValue }
  static func afterField(_ verb: Verb) -> String { "after-" + verb.rawValue }
  static let detailsField = "details"

  /// As typed.
  init(_ form: Form, denials: [RoleRule]) {
    answers = Dictionary(form.all.map { ($0.name, $0.value) }) { first, _ in first }
    self.denials = denials
  }

  /// Nil for a role that says more than the page can ask, such as two scopes for one verb.
  init?(_ role: RoleDefinition) {
    answers = [
      "name": role.name, "per_minute": String(role.limit.perMinute), "per_day": String(role.limit.perDay),
    ]
    denials = role.rules.filter { $0.effect == .deny }
    for verb in Verb.allCases {
      let rules = role.rules.filter { $0.verb == verb && $0.effect == .allow }
      guard rules.isEmpty || take(rules, of: verb) else { return nil }
    }
  }

  subscript(_ field: String) -> String { answers[field] ?? "" }

  private mutating func take(_ rules: [RoleRule], of verb: Verb) -> Bool {
    guard let first = rules.first else { return false }
    var main = first
    if rules.count > 1 {
      // Time and service always, more around the visit.
      let always = rules.filter { $0.level == .p0 && $0.window == nil }
      let around = rules.filter { $0.level > .p0 && $0.window != nil }
      guard verb.showsFields, rules.count == 2, always.count == 1, let more = around.first,
        more.scope == always[0].scope
      else { return false }
      main = more
    } else if verb.showsFields, first.window != nil {
      return false
    }
    answers[RoleSheet.scopeField(verb)] = main.scope.rawValue
    if verb.showsFields { answers[RoleSheet.detailsField] = main.level.rawValue }
    if let window = main.window {
      guard let before = RoleSheet.hours(window.before), let after = RoleSheet.hours(window.after) else {
        return false
      }
      answers[RoleSheet.beforeField(verb)] = before
      answers[RoleSheet.afterField(verb)] = after
    }
    return true
  }

  /// The rules it comes to; what cannot be read is added to `errors`.
  func rules(_ errors: inout FormErrors) -> [RoleRule] {
    Verb.allCases.flatMap { rules(of: $0, &errors) } + denials
  }

  private func rules(of verb: Verb, _ errors: inout FormErrors) -> [RoleRule] {
    let field = RoleSheet.scopeField(verb)
    guard !self[field].isEmpty else { return [] }
    guard let scope = Scope(rawValue: self[field]), verb.scopes.contains(scope) else {
      errors.add(field, FieldReason.notAChoice.sentence)
      return []
    }
    let level = verb.showsFields ? Level(rawValue: self[RoleSheet.detailsField]) : .p0
    guard let level, level < .p3 else {
      errors.add(RoleSheet.detailsField, FieldReason.notAChoice.sentence)
      return []
    }
    let window = verb.hasWindow ? window(of: verb, &errors) : nil
    guard verb.showsFields, window != nil, level > .p0 else {
      return [RoleRule(verb, scope, level: level, window: verb.showsFields ? nil : window)]
    }
    return [RoleRule(verb, scope), RoleRule(verb, scope, level: level, window: window)]
  }

  /// Nil when both are empty: at any time.
  private func window(of verb: Verb, _ errors: inout FormErrors) -> VisitWindow? {
    let fields = [RoleSheet.beforeField(verb), RoleSheet.afterField(verb)]
    guard fields.contains(where: { !self[$0].isEmpty }) else { return nil }
    let minutes = fields.map { field -> Int? in
      let minutes = RoleSheet.minutes(self[field])
      if minutes == nil {
        errors.add(field, "Please say how many hours, 0 or more; or leave both empty for any time.")
      }
      return minutes
    }
    guard let before = minutes[0], let after = minutes[1] else { return nil }
    return VisitWindow(before: before, after: after)
  }

  /// "12", "0.25"; nil for what is no quarter of an hour.
  private static func hours(_ minutes: Int) -> String? {
    guard minutes % 15 == 0 else { return nil }
    let rest = ["", ".25", ".5", ".75"][minutes % 60 / 15]
    return "\(minutes / 60)\(rest)"
  }

  /// At most a year.
  private static func minutes(_ text: String) -> Int? {
    let plain = text.replacing(",", with: ".").filter { !$0.isWhitespace }
    guard let hours = Double(plain), (0...8_784).contains(hours) else { return nil }
    return Int((hours * 60).rounded())
  }
}
