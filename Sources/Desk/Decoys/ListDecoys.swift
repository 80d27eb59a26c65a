import Audit
import Booking
import People
package import Primitives
import Storage
import Vault

/// A customer who is nobody, for whoever looks after them.
package struct Decoy: Sendable {
  package let id: Identifier
  package let name: String
  package let phone: String?
  package let plantedBy: Slug
  package let plantedAt: Instant
}

extension Desk {
  /// All decoys, the newest first, for those who may plant them; recorded before it returns.
  package func openDecoys(by person: StaffPerson) async throws -> [Decoy] {
    let rows = try await readAndRecord(.decoysOpened, by: person.actor, for: .administration) {
      [self] records, detail -> [DecoyRow]? in
      try permit(.manageRoles, person, on: .business)
      let rows = try records.decoys()
      for row in rows { detail.touch(subject: row.contact.subject) }
      return rows
    }
    guard let rows else { throw Refusal(.unknown) }
    let opened = try await keys.open(rows.map(\.contact.subject), only: .p1)
    return try rows.compactMap { row in
      guard let keys = opened[row.contact.subject] else { return nil }
      return Decoy(
        id: row.contact.subject,
        name: try row.contact.open(.name, keys) ?? "",
        phone: try row.contact.open(.phone, keys),
        plantedBy: row.plantedBy,
        plantedAt: row.plantedAt
      )
    }
  }
}
