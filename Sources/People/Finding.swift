package import Primitives

/// Something about somebody's login that an owner should look at.
package struct Finding: Sendable, Hashable {
  package let id: Identifier
  package let staff: Slug
  package let signs: [SharedLoginSign]
  package let foundAt: Instant

  package init(id: Identifier, staff: Slug, signs: [SharedLoginSign], foundAt: Instant) {
    self.id = id
    self.staff = staff
    self.signs = signs
    self.foundAt = foundAt
  }
}

/// What became of a finding. The raw value is stored.
package enum FindingOutcome: String, Sendable, CaseIterable {
  /// Each person has a login of their own now.
  case split = "split"
  /// It was one person after all.
  case explained = "explained"
  /// The person has left.
  case left = "left"
}
