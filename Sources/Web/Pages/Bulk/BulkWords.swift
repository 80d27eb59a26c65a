import People
import Primitives

/// What is said about all customers at once.
enum BulkWords {
  static func purpose(_ purpose: CustomerExport.Purpose) -> String {
    switch purpose {
    case .moving: "Moving to another system"
    case .accounts: "Accounts and taxes"
    case .analysis: "Looking at how the business does"
    case .authority: "An authority asks for it"
    case .other: "Something else"
    }
  }

  /// "412 bookings, each with name, e-mail and phone".
  static func content(_ export: CustomerExport) -> String {
    PageWords.count(export.count, "booking") + ", each with "
      + (export.hasDetails ? "name, e-mail, phone, address and answers" : "name, e-mail and phone")
  }

  static func kept(_ erasure: CustomerErasure) -> String {
    "Kept is whoever has a visit on \(PageWords.longDay(erasure.keptFrom)) or later."
  }

  static let whatRemains =
    "Name, e-mail, phone, address and answers go, and the keys that open them. When somebody came, for what and to whom, remains."
}
