package import Primitives

/// Something a customer can book.
package struct Service: Hashable, Sendable, Codable {
  package var id: Slug
  package var name: String
  package var category: String?
  package var description: String?
  /// Minutes, at least one entry; the first is what is booked when nobody chooses.
  package var durations: [Int]
  /// Minutes kept free before and after.
  package var before: Int
  package var after: Int
  /// Minutes between offered starts; nil: before + duration + after, rounded up to 5 minutes.
  package var step: Int?
  package var offers: OfferMode
  /// Seats in one sitting; 1 for an appointment, more for a class.
  package var capacity: Int
  package var place: Place
  /// Offered at these locations only; empty: wherever its staff work.
  package var locations: [Slug]
  /// Price in minor units of the business's currency; nil: not shown.
  package var price: Int?
  /// `#rrggbb`.
  package var colour: String?
  /// Hidden services are neither listed nor bookable by the public; staff may book them.
  package var hidden: Bool
  /// Least minutes between now and the start.
  package var notice: Int
  package var window: Window
  /// Most bookings of this service, whoever serves.
  package var limits: Limits
  /// Most bookings of this service by one customer.
  package var customerLimits: Limits
  package var questions: [Question]

  package init(
    id: Slug,
    name: String,
    category: String?,
    description: String?,
    durations: [Int],
    before: Int,
    after: Int,
    step: Int?,
    offers: OfferMode,
    capacity: Int,
    place: Place,
    locations: [Slug],
    price: Int?,
    colour: String?,
    hidden: Bool,
    notice: Int,
    window: Window,
    limits: Limits,
    customerLimits: Limits,
    questions: [Question]
  ) {
    self.id = id
    self.name = name
    self.category = category
    self.description = description
    self.durations = durations
    self.before = before
    self.after = after
    self.step = step
    self.offers = offers
    self.capacity = capacity
    self.place = place
    self.locations = locations
    self.price = price
    self.colour = colour
    self.hidden = hidden
    self.notice = notice
    self.window = window
    self.limits = limits
    self.customerLimits = customerLimits
    self.questions = questions
  }
}

package enum OfferMode: String, Hashable, Sendable, Codable {
  /// Every free start of the grid.
  case grid
  /// Only those starts that leave as many further slots as any other start would.
  case packed
}

package enum Place: String, Hashable, Sendable, Codable {
  case location
  /// At the customer's; the booking form asks for the address (P2).
  case customer
  case phone
  case video
}

/// From when to when a service may be booked, counted in the location's zone.
package enum Window: Hashable, Sendable, Codable {
  /// Today and so many days after it.
  case rolling(days: Int)
  /// The first and the last bookable day, both included.
  case dates(first: CivilDay, last: CivilDay)
}

/// The most that may be booked per civil day, ISO week and month of the location's zone; nil: no limit.
package struct Limits: Hashable, Sendable, Codable {
  package var perDay: Int?
  package var perWeek: Int?
  package var perMonth: Int?
  /// The same in booked minutes (buffers not counted).
  package var minutesPerDay: Int?
  package var minutesPerWeek: Int?
  package var minutesPerMonth: Int?

  package init(
    perDay: Int? = nil,
    perWeek: Int? = nil,
    perMonth: Int? = nil,
    minutesPerDay: Int? = nil,
    minutesPerWeek: Int? = nil,
    minutesPerMonth: Int? = nil
  ) {
    self.perDay = perDay
    self.perWeek = perWeek
    self.perMonth = perMonth
    self.minutesPerDay = minutesPerDay
    self.minutesPerWeek = minutesPerWeek
    self.minutesPerMonth = minutesPerMonth
  }

  package static let none = Limits()
  package var isNone: Bool { self == .none }
}

/// One thing the business asks, with the reason shown beside it (R6).
package struct Question: Hashable, Sendable, Codable {
  package var id: Slug
  package var label: String
  /// Why the business needs to know; shown to the customer.
  package var reason: String
  package var kind: QuestionKind
  /// For `.choice` only.
  package var choices: [String]
  package var required: Bool
  package var level: Level
  /// Lawful basis, GDPR Art. 6(1).
  package var basis: Basis
  /// The answer is erased this many days after the visit.
  package var retention: Int

  package init(
    id: Slug,
    label: String,
    reason: String,
    kind: QuestionKind,
    choices: [String],
    required: Bool,
    level: Level,
    basis: Basis,
    retention: Int
  ) {
    self.id = id
    self.label = label
    self.reason = reason
    self.kind = kind
    self.choices = choices
    self.required = required
    self.level = level
    self.basis = basis
    self.retention = retention
  }
}

package enum QuestionKind: String, Hashable, Sendable, Codable {
  case line
  case text
  case choice
  case yesNo = "yes-no"
}

package enum Basis: String, Hashable, Sendable, Codable, CaseIterable {
  case contract
  case consent
  case legalObligation = "legal-obligation"
  case legitimateInterest = "legitimate-interest"
}

extension Service {
  /// When the first answer to this service's questions is to be erased; nil when it asks nothing.
  package func firstErasure(after end: Instant) -> Instant? {
    questions.map(\.retention).min().map { end + .days($0) }
  }
}
