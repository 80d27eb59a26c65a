import Audit
package import Primitives
import Storage

/// One entry of the record, read for showing: ids and names of fields, never values.
package struct RecordEntry: Sendable, Hashable {
  /// Its number in the record, from 0.
  package let number: Int
  package let at: Instant
  package let actor: Actor
  /// "Firefox on Linux", for staff; nil once that browser was forgotten, and for all others.
  package let device: String?
  package let act: String
  /// Nil when it was done.
  package let refusal: RefusalCode?
  package let purpose: RecordPurpose
  package let records: [String]
  package let fields: [String]
  package let count: Int?

  package var name: ActName? { ActName(rawValue: act) }
  package var party: RecordParty { RecordParty(actor) }

  init(_ number: Int, _ entry: AuditEntry, device: String?) {
    self.number = number
    at = entry.at
    actor = entry.actor
    self.device = device
    act = entry.act
    refusal = if case .refused(let code) = entry.outcome { code } else { nil }
    purpose = RecordPurpose(entry.purpose)
    records = entry.records
    fields = entry.fields
    count = entry.count
  }
}

/// Why something was done; as the entries say it.
package enum RecordPurpose: String, Sendable, Hashable {
  case booking
  case visit
  case callersRequest
  case customersRequest
  case search
  case signIn
  case delivery
  case administration
  case upkeep

  fileprivate init(_ purpose: AuditEntry.Purpose) {
    self =
      switch purpose {
      case .booking: .booking
      case .visit: .visit
      case .callersRequest: .callersRequest
      case .customersRequest: .customersRequest
      case .search: .search
      case .signIn: .signIn
      case .delivery: .delivery
      case .administration: .administration
      case .upkeep: .upkeep
      }
  }
}

extension Records {
  /// What these entries say, with the browsers they were done in; without those that cannot be read.
  func read(_ entries: [NumberedEntry]) throws -> [RecordEntry] {
    let read = entries.compactMap { entry in
      AuditEntry(canonicalBytes: entry.bytes).map { (number: entry.seq, entry: $0) }
    }
    let kinds = try deviceKinds(of: Set(read.compactMap(\.entry.actor.session)).sorted())
    return read.map { number, entry in
      RecordEntry(number, entry, device: entry.actor.session.flatMap { kinds[$0] })
    }
  }
}

extension Actor {
  /// A member of staff's.
  fileprivate var session: Identifier? {
    if case .staff(_, let session) = self { session } else { nil }
  }
}
