import Audit
package import Booking
import Messages
package import People
package import Primitives
import Storage
import Vault

/// One line of a file of customers.
package struct ExportedContact: Sendable {
  package let booking: BookingRecord?
  package let name: String
  package let email: String?
  package let phone: String?
  package let address: String?
  package let answers: [(question: Slug, answer: String)]
}

/// A file of customers while it is being read: piece by piece, so that it costs the same memory for a hundred thousand.
package struct ExportReader: Sendable {
  package let id: Identifier
  package let export: CustomerExport
  /// How many contacts there still are of those that were agreed to.
  fileprivate let count: Int
  fileprivate let desk: Desk
  fileprivate let mark: ExportMark

  static let atOnce = 100

  /// Hands over each piece in order.
  ///
  /// The last piece ends it; one whose keys were destroyed meanwhile is left out.
  package func read(_ each: ([ExportedContact]) async throws -> Void) async throws {
    var last = 0
    var place = mark.place(in: count, of: id)
    while true {
      let after = last
      let rows = try await desk.store.ask {
        try $0.filedContacts(after: after, until: export.until, atMost: ExportReader.atOnce)
      }
      guard let end = rows.last?.number else { break }
      last = end
      let keys = try await desk.keys.open(rows.map(\.contact.subject), only: export.hasDetails ? nil : .p1)
      var piece = try rows.compactMap { row in try keys[row.contact.subject].map { try opened(row, $0) } }
      if let at = place {
        if at < piece.count {
          piece.insert(mark.contact(of: id, beside: piece[at]), at: at)
          place = nil
        } else {
          place = at - piece.count
        }
      }
      try await each(piece)
    }
  }

  private func opened(_ row: FiledContact, _ keys: SubjectKeys) throws -> ExportedContact {
    ExportedContact(
      booking: row.booking,
      name: try row.contact.open(.name, keys) ?? "",
      email: try row.contact.open(.email, keys),
      phone: try row.contact.open(.phone, keys),
      address: export.hasDetails ? try row.contact.open(.address, keys) : nil,
      answers: export.hasDetails ? try row.contact.openAnswers(keys) : []
    )
  }
}

extension Desk {
  /// Opens a file of customers that was agreed to; recorded, and all owners told, before the first of them is read.
  ///
  /// Whoever asked takes it, as often as they need to within the hour or until somebody stops it; each time counts as one taking.
  ///
  /// - Throws: `.unknown` for others', `.approvalEnded` once the hour is over or it was stopped, `.notAllowed`.
  package func exportCustomers(_ id: Identifier, by person: StaffPerson) async throws -> ExportReader {
    let timetable = try await timetable()
    let (export, count) = try await watchingExports(by: person) { [self] in
      try await act(.customersExported, by: person.actor, for: .administration) { [self] changes, detail in
        try permitExport(person)
        guard let given = try changes.givenApproval(id), given.approval.askedBy == person.id,
          case .customerExport(let export) = try ApprovalEffect(given.approval)
        else { throw Refusal(.unknown) }
        let now = clock.now()
        guard now < given.approval.expiresAt else { throw Refusal(.approvalEnded) }
        detail.records.append("approval/\(id)")
        let count = try changes.contactCount(until: export.until)
        detail.count = count
        detail.fields = (export.hasDetails ? ContactField.allCases : [.name, .email, .phone]).map(\.rawValue)
          .sorted()
        try tell(.taken, of: given.approval, timetable.business, changes)
        return (export, count)
      }
    }
    return ExportReader(
      id: id,
      export: export,
      count: count,
      desk: self,
      mark: ExportMark(ring, address: address, business: timetable.business)
    )
  }
}
