package import Booking
import Foundation
package import People
import Storage

extension ApprovalKind {
  /// Where whoever asked sees what they asked for, below the staff's pages.
  package var page: String {
    switch self {
    case .roleRaise: "/approvals"
    case .customerExport: "/customers/export"
    case .customerErasure: "/customers/erasure"
    }
  }
}

/// What is done once a second person agrees: everything of it, as it was shown, or nothing.
///
/// A new kind is a case here, in `ApprovalKind` and in the table's CHECK; what it does stands in `carryOut`, its words in Web.
package enum ApprovalEffect: Hashable, Sendable {
  case roleRaise(RoleRaise)
  case customerExport(CustomerExport)
  case customerErasure(CustomerErasure)

  package var kind: ApprovalKind {
    switch self {
    case .roleRaise: .roleRaise
    case .customerExport: .customerExport
    case .customerErasure: .customerErasure
    }
  }

  /// What whoever asks must be allowed to do, also still when it is done.
  package var verb: Verb {
    switch self {
    case .roleRaise: .manageRoles
    case .customerExport: .exportCustomers
    case .customerErasure: .eraseCustomers
    }
  }

  /// Whether it is the same wish, though asked at another time.
  func asksForSame(as other: ApprovalEffect) -> Bool {
    switch (self, other) {
    case (.customerExport(let one), .customerExport(let other)):
      (one.purpose, one.hasDetails) == (other.purpose, other.hasDetails)
    default: self == other
    }
  }

  /// Canonical: the same effect is the same text.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data =
      switch self {
      case .roleRaise(let raise): try encoder.encode(raise)
      case .customerExport(let export): try encoder.encode(export)
      case .customerErasure(let erasure): try encoder.encode(erasure)
      }
    return String(decoding: data, as: UTF8.self)
  }

  /// - Throws: `StorageFault.damaged` for what no version wrote.
  package init(_ approval: Approval) throws {
    func read<Effect: Decodable>(_ type: Effect.Type) throws -> Effect {
      guard let effect = try? JSONDecoder().decode(type, from: Data(approval.effect.utf8)) else {
        throw StorageFault.damaged("approval.effect")
      }
      return effect
    }
    switch approval.kind {
    case .roleRaise: self = .roleRaise(try read(RoleRaise.self))
    case .customerExport: self = .customerExport(try read(CustomerExport.self))
    case .customerErasure: self = .customerErasure(try read(CustomerErasure.self))
    }
  }
}
