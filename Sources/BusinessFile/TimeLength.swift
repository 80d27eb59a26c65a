/// Lengths of time as the file writes them: `90 min`, `2 h`, `1 d`, `1 h 30 min`.
enum TimeLength {
  /// Minutes, nil for anything else; each unit at most once, largest first.
  static func minutes(_ text: String) -> Int? {
    var total = 0
    var largest = Int.max
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 >= "0" && $0 <= "9" }
      guard let number = wholeNumber(digits), number >= 0 else { return nil }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let letters = rest.prefix { $0 != " " && !($0 >= "0" && $0 <= "9") }
      guard let unit = unit(letters), unit < largest else { return nil }
      largest = unit
      total += number * unit
      rest = rest.dropFirst(letters.count).drop { $0 == " " }
    }
    return largest == Int.max ? nil : total
  }

  /// The shortest way to write it with one unit.
  static func text(_ minutes: Int) -> String {
    if minutes > 0, minutes % 1_440 == 0, minutes > 2_880 { return "\(minutes / 1_440) d" }
    if minutes > 0, minutes % 60 == 0 { return "\(minutes / 60) h" }
    return "\(minutes) min"
  }

  private static func unit(_ letters: Substring) -> Int? {
    switch letters {
    case "min": 1
    case "h": 60
    case "d": 1_440
    default: nil
    }
  }
}
