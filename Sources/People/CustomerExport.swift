package import Primitives

/// What is taken out of the house at once: every contact made up to a moment, each with its booking.
package struct CustomerExport: Hashable, Sendable, Codable {
  package let purpose: Purpose
  /// With address and answers.
  package let hasDetails: Bool
  /// Who comes later is not in it.
  package let until: Instant
  /// How many contacts that were.
  package let count: Int

  package init(purpose: Purpose, hasDetails: Bool, until: Instant, count: Int) {
    self.purpose = purpose
    self.hasDetails = hasDetails
    self.until = until
    self.count = count
  }

  /// What it is for: a closed set, so that nobody types a customer's name into it. The raw value is stored.
  package enum Purpose: String, Hashable, Sendable, Codable, CaseIterable {
    case moving
    case accounts
    case analysis
    case authority
    case other
  }
}

/// Erasing every customer all of whose visits were over by a moment.
package struct CustomerErasure: Hashable, Sendable, Codable {
  /// The first day that is kept, where the business is.
  package let keptFrom: CivilDay
  /// The same as a moment.
  package let before: Instant
  /// How many contacts that are.
  package let count: Int
  /// SHA-256 of their ids in order, in hexadecimal: others, though as many, are another erasure.
  package let whose: String?

  package init(keptFrom: CivilDay, before: Instant, count: Int, whose: String) {
    self.keptFrom = keptFrom
    self.before = before
    self.count = count
    self.whose = whose
  }
}
