/// What somebody asks to be let do for a time. The raw value is that of the wish.
package enum NoticedWish: String, Hashable, Sendable, CaseIterable {
  case bookings
  case details
  case contacts
  case search
  case desk
  case money
  /// For a word that this version does not know.
  case other

  /// What follows "asks to …".
  package var phrase: String {
    switch self {
    case .bookings: "see everybody's bookings, with names"
    case .details: "see everybody's bookings, with names, addresses and answers"
    case .contacts: "see everybody's bookings and how to reach the customers"
    case .search: "find customers"
    case .desk: "book, move and cancel for everybody"
    case .money: "see prices and income"
    case .other: "see more than usual"
    }
  }
}

/// What became of a question. The raw value is the notice's detail.
package enum NoticedAnswer: String, Hashable, Sendable, CaseIterable {
  case given
  case declined
  /// Before its time, by somebody else.
  case ended
}
