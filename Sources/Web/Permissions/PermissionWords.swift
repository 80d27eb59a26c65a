import Booking
import People
import Primitives

/// What an owner reads about a permit.
enum PermissionWords {
  /// One row of the table: a verb, and of those that show fields one level of them.
  struct Row {
    let verb: Verb
    var level = Level.p0
    let what: String
  }

  /// Every verb, in the order in which an owner would ask.
  static let rows: [Row] = Verb.allCases.flatMap { verb -> [Row] in
    let row = Row(verb: verb, what: RoleWords.inSentence(verb))
    guard verb.showsFields else { return [row] }
    return [
      row, Row(verb: verb, level: .p1, what: "see the customer's first name with it"),
      Row(verb: verb, level: .p2, what: "see address and answers with it"),
    ]
  }

  /// "own visits, from 12 h before until 4 h after"; "–" for nothing.
  static func reach(_ extent: Extent?, _ verb: Verb) -> String {
    guard let extent else { return "–" }
    // What is of the business as a whole, or one's own by nature, reaches far or not at all.
    let isWhole = verb.scopes.count == 1
    if isWhole { return extent.denied.isEmpty ? "yes" : "–" }
    let denied = widest(extent.denied).map { stretch($0, verb) }
    return widest(extent.allowed).map { stretch($0, verb) }.joined(separator: "; ")
      + (denied.isEmpty ? "" : ", but not " + denied.joined(separator: " or "))
  }

  /// Without what is said already, and without times where the same is there at any time.
  private static func widest(_ parts: [Extent.Part]) -> [Extent.Part] {
    parts.enumerated().filter { index, part in
      var always = part
      (always.startsBy, always.endsAfter) = (nil, nil)
      return part == always ? parts.firstIndex(of: part) == index : !parts.contains(always)
    }.map(\.element)
  }

  private static func stretch(_ part: Extent.Part, _ verb: Verb) -> String {
    let now = PermissionTable.Example.now
    let whose = part.staff.map { $0.count == 1 ? "own" : "their team's" }
    let words =
      whose
      ?? (part.locations == nil ? (verb.object == .timeOff ? "everybody's" : "everything") : "their places")
    let noun = words == "own" && verb.object != .timeOff ? "own visits" : words
    guard let startsBy = part.startsBy, let endsAfter = part.endsAfter else { return noun }
    return noun + ", from \(length(startsBy - now)) before until \(length(now - endsAfter)) after"
  }

  private static func length(_ seconds: Int) -> String {
    seconds % 86_400 == 0 && seconds > 86_400
      ? "\(seconds / 86_400) days" : seconds % 3_600 == 0 ? "\(seconds / 3_600) h" : "\(seconds / 60) min"
  }

  /// Who comes through a door that asks for no verb.
  static func who(_ permit: RoutePermit) -> String? {
    switch permit {
    case .anybody: "anybody"
    case .manageCode: "whoever holds the booking's link"
    case .inviteCode: "whoever holds the invite"
    case .mailedCode: "whoever holds the link of a message"
    case .signedIn: "everybody who works here, for what is their own"
    case .customer: "a customer who has proved their address, for what is their own"
    case .setUpCode: "whoever holds the set-up link, until there is a business"
    case .staff: nil
    }
  }
}
