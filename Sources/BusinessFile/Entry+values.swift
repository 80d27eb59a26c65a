import Primitives

extension Entry {
  /// A text of 1 to `most` characters; line breaks only where `lines` says so.
  func text(most: Int, lines: Bool = false) -> String? {
    guard let text = word() else { return nil }
    guard !text.isEmpty else {
      refuse("is empty")
      return nil
    }
    guard text.unicodeScalars.count <= most else {
      refuse("is \(text.unicodeScalars.count) characters long; at most \(most) are allowed")
      return nil
    }
    if let control = text.unicodeScalars.first(where: { Characters.isRefused($0) }) {
      refuse("holds the control character \(Characters.name(control)); take it out")
      return nil
    }
    guard lines || !text.unicodeScalars.contains("\n") else {
      refuse("must be on one line")
      return nil
    }
    return text
  }

  func slug() -> Slug? {
    guard let text = word() else { return nil }
    guard let slug = Slug(text) else {
      refuse(
        "\(quoted(text)) is not a slug: 1 to 40 of a-z and 0-9, single dashes between, as in spare-hands"
      )
      return nil
    }
    return slug
  }

  /// One of `known`; `noun` names what it should be, such as `service`.
  func reference(to known: [Slug], noun: String) -> Slug? {
    guard let slug = slug() else { return nil }
    guard known.contains(slug) else {
      let hint = didYouMean(slug.text, among: known.map(\.text))
      refuse("there is no \(noun) \(quoted(slug.text)) in this file\(hint)")
      return nil
    }
    return slug
  }

  func choice<Value: RawRepresentable>(of values: [Value]) -> Value? where Value.RawValue == String {
    guard let text = word() else { return nil }
    guard let value = values.first(where: { $0.rawValue == text }) else {
      let names = values.map(\.rawValue)
      refuse("\(quoted(text)) is not allowed here; it is one of \(names.joined(separator: ", "))")
      return nil
    }
    return value
  }

  func flag() -> Bool? {
    guard let text = word() else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default:
      refuse("must be true or false, not \(quoted(text))")
      return nil
    }
  }

  func day() -> CivilDay? {
    guard let text = word() else { return nil }
    guard let day = CivilDay(text) else {
      refuse("\(quoted(text)) is not a day of the calendar; write it as 2026-12-24")
      return nil
    }
    return day
  }

  func whole(_ range: ClosedRange<Int>) -> Int? {
    guard let text = word() else { return nil }
    guard let number = wholeNumber(text) else {
      refuse("\(quoted(text)) is not a whole number; \(allowed(range))")
      return nil
    }
    return check(number, range)
  }

  /// Minutes, written `90 min`, `2 h`, `1 d` (24 hours) or `1 h 30 min`; 0 needs no unit, nor does a bare
  /// number where `bare` says that it means minutes.
  func duration(_ range: ClosedRange<Int>, bare: Bool = false) -> Int? {
    guard let text = word() else { return nil }
    if let number = wholeNumber(text), bare || number == 0 { return check(number, range, unit: " minutes") }
    guard let minutes = TimeLength.minutes(text) else {
      refuse("\(quoted(text)) is not a length of time; write it as 90 min, 2 h or 1 d")
      return nil
    }
    return check(minutes, range, unit: " minutes")
  }

  /// Days, written `90 d`.
  func days(_ range: ClosedRange<Int>) -> Int? {
    guard let text = word() else { return nil }
    guard let minutes = TimeLength.minutes(text), text.hasSuffix("d"), minutes % 1_440 == 0 else {
      refuse("\(quoted(text)) is not a number of days; write it as 90 d")
      return nil
    }
    return check(minutes / 1_440, range, unit: " days")
  }

  private func check(_ number: Int, _ range: ClosedRange<Int>, unit: String = "") -> Int? {
    guard range.contains(number) else {
      refuse("is \(number)\(unit); \(allowed(range))")
      return nil
    }
    return number
  }

  private func allowed(_ range: ClosedRange<Int>) -> String {
    "\(range.lowerBound) to \(range.upperBound) are allowed"
  }
}

/// ASCII digits, at most nine, with a sign if below zero.
func wholeNumber(_ text: some StringProtocol) -> Int? {
  let digits = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
  guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
  return Int(text)
}
