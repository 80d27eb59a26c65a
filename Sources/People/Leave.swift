package import Booking
package import Primitives

/// What somebody may do beyond their role until a minute that is fixed.
package struct Leave: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Asked for, and given by somebody else.
    case given
    /// Taken in an emergency.
    case emergency
  }

  package let id: Identifier
  package let kind: Kind
  package let verbs: Set<Verb>
  package let level: Level
  package let until: Instant

  package init(id: Identifier, kind: Kind, verbs: Set<Verb>, level: Level, until: Instant) {
    self.id = id
    self.kind = kind
    self.verbs = verbs
    self.level = level
    self.until = until
  }
}
