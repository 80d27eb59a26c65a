import Foundation
package import People
import Storage

/// What is done once a second person agrees: everything of it, as it was shown, or nothing.
///
/// A new kind is a case here, in `ApprovalKind` and in the table's CHECK; what it does stands in `carryOut`, its words in Web.
package enum ApprovalEffect: Hashable, Sendable {
  case roleRaise(RoleRaise)

  package var kind: ApprovalKind {
    switch self {
    case .roleRaise: .roleRaise
    }
  }

  /// Canonical: the same effect is the same text.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    switch self {
    case .roleRaise(let raise): return String(decoding: try encoder.encode(raise), as: UTF8.self)
    }
  }

  /// - Throws: `StorageFault.damaged` for what no version wrote.
  package init(_ approval: Approval) throws {
    let text = Data(approval.effect.utf8)
    switch approval.kind {
    case .roleRaise:
      guard let raise = try? JSONDecoder().decode(RoleRaise.self, from: text) else {
        throw StorageFault.damaged("approval.effect")
      }
      self = .roleRaise(raise)
    }
  }
}
