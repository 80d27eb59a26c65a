import Booking
import Primitives

/// One value as YAML on a single line, safe in a block as well as inside `{}` and `[]`.
struct YAML {
  let text: String

  static func plain(_ text: String) -> YAML { YAML(text: text) }

  /// In quotes unless every reader of YAML 1.1 and 1.2 takes it for the same text.
  static func text(_ text: String) -> YAML { YAML(text: isPlain(text) ? text : inQuotes(text)) }

  static func list(_ parts: [YAML]) -> YAML {
    YAML(text: "[" + parts.map(\.text).joined(separator: ", ") + "]")
  }

  static func minutes(_ minutes: Int) -> YAML { YAML(text: TimeLength.text(minutes)) }

  static func lengths(_ minutes: [Int]) -> YAML {
    if minutes.count == 1, let only = minutes.first { return .plain("\(only)") }
    return .list(minutes.map { .plain("\($0)") })
  }

  /// `"22:00-06:00"`; a break after midnight loses its day, which its shift gives back.
  static func hours(_ hours: HourRange) -> YAML {
    YAML(text: "\"\(clock(hours.start % 1_440))-\(hours.end == 1_440 ? "24:00" : clock(hours.end % 1_440))\"")
  }

  /// `mon-fri, sun`: three or more neighbours as a stretch.
  static func days(_ days: [Weekday]) -> [YAML] {
    var runs: [(first: Weekday, last: Weekday)] = []
    for day in days {
      if let run = runs.last, run.last.rawValue + 1 == day.rawValue {
        runs[runs.count - 1].last = day
      } else {
        runs.append((day, day))
      }
    }
    return runs.flatMap { run in
      switch run.last.rawValue - run.first.rawValue {
      case 0: [run.first.shortName]
      case 1: [run.first.shortName, run.last.shortName]
      default: ["\(run.first.shortName)-\(run.last.shortName)"]
      }
    }.map { .plain($0) }
  }

  /// `"45.00"`.
  static func price(_ minor: Int, currency: String) -> YAML {
    let digits = Currency.minorDigits(currency)
    let unit = (0..<digits).reduce(1) { scale, _ in scale * 10 }
    return YAML(text: "\"\(minor / unit)\(digits == 0 ? "" : "." + padded(minor % unit, digits))\"")
  }

  static func window(_ window: Window) -> YAML {
    switch window {
    case .rolling(let days): .plain("\(days) d")
    case .dates(let first, let last): .plain("{first: \(first), last: \(last)}")
    }
  }

  /// Nil without any limit.
  static func limits(_ limits: Limits) -> YAML? {
    let parts = [
      ("per-day", limits.perDay), ("per-week", limits.perWeek), ("per-month", limits.perMonth),
      ("minutes-per-day", limits.minutesPerDay), ("minutes-per-week", limits.minutesPerWeek),
      ("minutes-per-month", limits.minutesPerMonth),
    ]
    let written = parts.compactMap { key, value in value.map { "\(key): \($0)" } }
    return written.isEmpty ? nil : YAML(text: "{\(written.joined(separator: ", "))}")
  }

  /// Whether a text of several lines can stand as a `|` block and come back unchanged.
  static func fitsBlock(_ text: String) -> Bool {
    text.unicodeScalars.contains("\n") && text.unicodeScalars.first != " "
      && text.unicodeScalars.first != "\n"
      && text.unicodeScalars.last != "\n" && !text.unicodeScalars.contains { Characters.isRefused($0) }
  }

  private static func clock(_ minutes: Int) -> String {
    "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    let safe = text.unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII { return plainASCII.contains(scalar) }
      return scalar.properties.isAlphabetic
    }
    guard safe, last != " ", last != "-", !text.contains(" -") else { return false }
    // What looks like a number or a time to some reader is quoted; days are well known.
    guard first.properties.isAlphabetic else { return CivilDay(text) != nil }
    return !wordsOfYAML.contains(text.lowercased())
  }

  private static let plainASCII = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -./()@+".unicodeScalars
  )

  /// Words that one version of YAML or another takes for nothing, true or false, or for numbers.
  private static let wordsOfYAML: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf",
  ]

  private static func inQuotes(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default:
        if Characters.isRefused(scalar) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
