import Primitives

/// What is wrong with a form, by the field it stands beside.
struct FormErrors: Sendable {
  private var items: [(field: String, message: String)] = []

  /// Paths of the API become names of form fields: `customer/email` is `email`, `answers/door` is
  /// `answer-door`.
  init(_ problems: [FieldProblem]) {
    for problem in problems { add(FormErrors.field(problem.path), problem.reason.sentence) }
  }

  mutating func add(_ field: String, _ message: String) { items.append((field, message)) }

  subscript(_ field: String) -> String? { items.first { $0.field == field }?.message }

  /// Nil when nothing is wrong.
  var summary: ErrorSummary? {
    items.isEmpty
      ? nil
      : ErrorSummary(items: items.map { ErrorSummary.Item(message: $0.message, target: "#" + $0.field) })
  }

  /// The same, each item beginning with its field's label.
  func summary(naming labels: [String: String]) -> ErrorSummary? {
    summary.map { summary in
      ErrorSummary(
        items: zip(summary.items, items).map { item, error in
          ErrorSummary.Item(
            message: FormErrors.sentence(labels[error.field], item.message),
            target: item.target
          )
        }
      )
    }
  }

  private static func sentence(_ label: String?, _ message: String) -> String {
    guard let label else { return message }
    return label + (label.last?.isPunctuation == true ? " " : ": ") + message
  }

  var isEmpty: Bool { items.isEmpty }

  func field(_ name: String, _ value: String?) -> Field { Field(value: value ?? "", error: self[name]) }

  private static func field(_ path: String) -> String {
    if path.hasPrefix("customer/") { return String(path.dropFirst("customer/".count)) }
    if path.hasPrefix("answers/") { return "answer-" + path.dropFirst("answers/".count) }
    return path
  }
}
