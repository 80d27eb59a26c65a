package import Booking
package import Primitives

/// What somebody can ask to be let do for a time. A closed set, each with the few verbs that it takes; no strong verb
/// (``Verb/isStrong``) is among them, nor any that opens the way to more.
package enum LeaveWish: String, Hashable, Sendable, CaseIterable {
  /// Everybody's days, with first names.
  case bookings = "bookings"
  /// The same, with addresses and answers.
  case details = "details"
  /// The same as bookings, and each one's contact after the tap.
  case contacts = "contacts"
  case search = "search"
  /// Standing in at the desk.
  case desk = "desk"
  case money = "money"

  package var verbs: Set<Verb> {
    switch self {
    case .bookings, .details: [.viewDay, .viewBooking]
    case .contacts: [.viewDay, .viewBooking, .revealContact]
    case .search: [.searchCustomers]
    case .desk: [.viewDay, .viewBooking, .makeBooking, .moveBooking, .cancelBooking, .markVisit]
    case .money: [.viewMoney]
    }
  }

  package var level: Level {
    switch self {
    case .details: .p2
    case .bookings, .contacts, .desk: .p1
    case .search, .money: .p0
    }
  }

  /// The one that these are; nil for an emergency, and for what an earlier version let ask for.
  package init?(verbs: Set<Verb>, level: Level) {
    guard let wish = LeaveWish.allCases.first(where: { $0.verbs == verbs && $0.level == level }) else {
      return nil
    }
    self = wish
  }
}

/// How long leave lasts, and how long a question waits.
package enum LeaveRule {
  /// In minutes; nobody has more at once (R22).
  package static let longest = 480
  /// What can be asked for, in minutes.
  package static let lengths = [30, 60, 120, 240, 480]
  /// Seconds after which a question that nobody answered counts no more.
  package static let patience = Int.hours(24)
  /// The fewest characters of a reason.
  package static let shortestReason = 10
  package static let longestReason = 500

  /// What an emergency opens, over everything.
  package static let emergencyVerbs: Set<Verb> = [.viewDay, .viewBooking, .revealContact]
  package static let emergencyLevel = Level.p2
  /// In minutes.
  package static let emergencyLength = 30
  /// The most emergencies of one person within a day.
  package static let mostEmergencies = 3
  package static let emergencyPeriod = Int.hours(24)

  /// Whether leave may ever hold it, however it came into the database.
  package static func isGivable(_ verb: Verb) -> Bool {
    emergencyVerbs.contains(verb) || LeaveWish.allCases.contains { $0.verbs.contains(verb) }
  }
}
