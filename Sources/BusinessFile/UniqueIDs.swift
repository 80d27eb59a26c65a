import Primitives

/// Refuses ids that were given out already, naming the line of the first.
struct UniqueIDs {
  private var lines: [Slug: Int] = [:]

  /// The id of an item of a list, or nil when it is missing, wrong or taken.
  mutating func take(_ item: Block) -> Slug? {
    guard let entry = item.required("id"), let id = entry.slug() else { return nil }
    if let line = lines[id] {
      entry.refuse("\(quoted(id.text)) is taken: line \(line) has the same id")
      return nil
    }
    lines[id] = entry.line
    return id
  }
}
