package import Primitives

/// What one person asks for and another must agree to (dual control, R28).
package struct Approval: Hashable, Sendable {
  package let id: Identifier
  package let kind: ApprovalKind
  package let askedBy: Slug
  package let askedAt: Instant
  /// Exactly what will be done, as canonical JSON; no personal data of customers.
  package let effect: String
  /// Later than ``askedAt`` where nobody else could agree.
  package let opensAt: Instant
  /// Nothing is done at it or after; a file that was agreed to is not taken at it or after.
  package let expiresAt: Instant

  package init(
    id: Identifier,
    kind: ApprovalKind,
    askedBy: Slug,
    askedAt: Instant,
    effect: String,
    opensAt: Instant,
    expiresAt: Instant
  ) {
    self.id = id
    self.kind = kind
    self.askedBy = askedBy
    self.askedAt = askedAt
    self.effect = effect
    self.opensAt = opensAt
    self.expiresAt = expiresAt
  }

  /// Nobody else could agree: it is done by itself once it opens, unless it is withdrawn.
  package var isAlone: Bool { opensAt > askedAt }

  /// When agreed to at `now`: until when what it gives can be taken; nil for what is done at once.
  package func takenUntil(from now: Instant) -> Instant? {
    kind == .customerExport ? now + ApprovalRule.taking(isAlone: isAlone) : nil
  }
}

/// The closed set of what needs two people. The raw value is stored.
package enum ApprovalKind: String, Hashable, Sendable, CaseIterable {
  /// A role that gives somebody a verb that is strong.
  case roleRaise = "role-raise"
  /// Every customer's data in one file.
  case customerExport = "customer-export"
  /// The data of all customers whose visits are long over.
  case customerErasure = "customer-erasure"
}

/// What became of it. The raw value is stored.
package enum ApprovalState: String, Hashable, Sendable, CaseIterable {
  case asked
  case done
  case refused
  case withdrawn
  case lapsed
}

/// How long what is asked for waits.
package enum ApprovalRule {
  /// For a second person, in seconds.
  package static let patience: Int = .hours(1)
  /// Where there is no second person, before it is done, in seconds.
  package static let pause: Int = .hours(24)
  /// After that pause, for a server that was away, in seconds.
  package static let grace: Int = .hours(24)
  /// In which a file that was agreed to can be taken, in seconds; after a pause a day, since nobody knows when somebody
  /// who is alone looks.
  package static func taking(isAlone: Bool) -> Int { isAlone ? grace : .hours(1) }
  /// Nobody agrees so long after their sign-in was set up anew by an invite, in seconds: whoever invites could have taken
  /// that invite up.
  package static let settling: Int = .hours(24)
}
