/// A stretch during which a zone's offset does not change. Seconds since 1970; `end` is excluded.
struct ZoneSegment {
  let start: Int
  let end: Int
  let offset: Int
  /// Index into the table's labels.
  let label: Int
}

/// All changes of one zone in order, and the rule for what comes after the last.
final class ZoneTable: Sendable {
  let name: String
  let labels: [String]
  /// `changes[i]` begins segment `i + 1`; segment 0 is everything before the first change.
  private let changes: [Int]
  /// One more than `changes`.
  private let offsets: [Int]
  private let labelOf: [Int]
  /// Applies from the last change on; nil when nothing changes any more.
  private let rule: ZoneRule?
  /// Whether the rule also applies before the first change (a file without any recorded change).
  private let ruleBefore: Bool

  /// How far the rule is written out when a zone is loaded.
  private static let lastYear = 2_100
  private static let firstYear = 1_900

  struct Kind: Hashable {
    let offset: Int
    let label: String
  }

  /// - Parameters:
  ///   - first: the kind of time before the first change.
  ///   - recorded: the file's changes, ascending.
  ///   - rule: what the file says about the time after them.
  init(name: String, first: Kind, recorded: [(at: Int, kind: Kind)], rule: ZoneRule?) {
    var first = first
    var all = recorded
    if let rule {
      let after = recorded.last?.at ?? Int.min
      if recorded.isEmpty { first = rule.standard }
      if rule.summer != nil {
        // Some files begin with a change in the year -18,000,000,000, which stands for "always".
        let known = recorded.isEmpty ? Self.firstYear : Self.year(of: after)
        let year = max(known, Self.firstYear)
        if year <= Self.lastYear {
          for change in rule.changes(from: year - 1, through: Self.lastYear) where change.at > after {
            all.append(change)
          }
        }
      }
    }
    var labels: [String] = []
    func index(of label: String) -> Int {
      if let known = labels.firstIndex(of: label) { return known }
      labels.append(label)
      return labels.count - 1
    }
    self.name = name
    changes = all.map(\.at)
    offsets = [first.offset] + all.map(\.kind.offset)
    labelOf = [index(of: first.label)] + all.map { index(of: $0.kind.label) }
    if let rule {
      _ = index(of: rule.standard.label)
      if let summer = rule.summer { _ = index(of: summer.label) }
    }
    self.labels = labels
    self.rule = rule?.summer == nil ? nil : rule
    ruleBefore = recorded.isEmpty
  }

  func segment(at seconds: Int) -> ZoneSegment {
    var low = 0
    var high = changes.count
    changes.withUnsafeBufferPointer { changes in
      while low < high {
        let middle = (low + high) >> 1
        if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
      }
    }
    if let rule, low == changes.count || (low == 0 && ruleBefore) { return byRule(rule, at: seconds) }
    return ZoneSegment(
      start: low == 0 ? .min : changes[low - 1],
      end: low == changes.count ? .max : changes[low],
      offset: offsets[low],
      label: labelOf[low]
    )
  }

  func isSame(as other: ZoneTable) -> Bool {
    name == other.name && changes == other.changes && offsets == other.offsets && rule == other.rule
      && labelOf.map { labels[$0] } == other.labelOf.map { other.labels[$0] }
  }

  private func byRule(_ rule: ZoneRule, at seconds: Int) -> ZoneSegment {
    let year = Self.year(of: seconds)
    var start = changes.last.flatMap { $0 <= seconds ? $0 : nil } ?? Int.min
    var end = Int.max
    var kind = rule.standard
    for change in rule.changes(from: year - 1, through: year + 1) {
      guard change.at <= seconds else {
        end = change.at
        break
      }
      start = change.at
      kind = change.kind
    }
    return ZoneSegment(
      start: start,
      end: end,
      offset: kind.offset,
      label: labels.firstIndex(of: kind.label) ?? 0
    )
  }

  private static func year(of seconds: Int) -> Int {
    CivilDay(number: CivilDay.floorDiv(seconds, 86_400)).components.year
  }
}
