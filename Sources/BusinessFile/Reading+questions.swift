import Booking
import Primitives

extension Entry {
  func questions() -> [Question]? {
    guard let items = list() else { return nil }
    if items.count > 20 {
      refuse("\(items.count) questions; at most 20 are allowed: ask only what is needed")
    }
    var ids = UniqueIDs()
    return items.compactMap { item in
      guard let block = Block(item, keys: Entry.questionKeys, noun: "a question") else { return nil }
      return item.question(block, id: ids.take(block))
    }
  }

  private static let questionKeys = [
    "id", "label", "reason", "kind", "choices", "required", "level", "basis", "retention",
  ]

  /// The question of a block; without an id, which was refused then, the rest is looked at all the same.
  private func question(_ block: Block, id: Slug?) -> Question? {
    let label = block.required("label")?.label()
    let reason = block.required("reason")?.text(most: 300)
    let basis = block.required("basis")?.choice(of: Basis.allCases)
    let retention = block.required("retention")?.days(1...3_650)
    let kind = block["kind"]?.choice(of: [QuestionKind.line, .text, .choice, .yesNo]) ?? .line
    let level = block["level"]?.questionLevel() ?? .p2
    let required = block["required"]?.flag() ?? false
    let choices = self.choices(block, kind: kind)
    guard let id, let label, let reason, let basis, let retention else { return nil }
    return Question(
      id: id,
      label: label,
      reason: reason,
      kind: kind,
      choices: choices,
      required: required,
      level: level,
      basis: basis,
      retention: retention
    )
  }

  /// Refuses labels that ask for card numbers or national ids (R7).
  private func label() -> String? {
    guard let text = text(most: 200) else { return nil }
    if let asked = ForbiddenQuestions.asked(in: text) {
      refuse("asks for \(asked); Cloakroom does not collect card numbers, bank accounts or national ids")
      return nil
    }
    return text
  }

  private func questionLevel() -> Level? {
    guard let level = choice(of: Level.allCases) else { return nil }
    switch level {
    case .p1, .p2: return level
    case .p0: refuse("an answer is about a person, so it is never public; write P1 or P2")
    case .p3: refuse("P3 questions cannot be asked yet: they must be sealed in the browser")
    }
    return nil
  }

  private func choices(_ block: Block, kind: QuestionKind) -> [String] {
    guard kind == .choice else {
      block["choices"]?.refuse("only questions of kind choice have choices")
      return []
    }
    guard let entry = block.required("choices"), let items = entry.list() else { return [] }
    if !(2...50).contains(items.count) { entry.refuse("2 to 50 choices are allowed") }
    var choices: [String] = []
    for item in items {
      guard let text = item.text(most: 100) else { continue }
      if choices.contains(text) { item.refuse("\(quoted(text)) is named twice") }
      choices.append(text)
    }
    return choices
  }
}
