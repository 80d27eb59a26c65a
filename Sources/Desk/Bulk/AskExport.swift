import Audit
import Booking
package import People
package import Primitives
import Storage

/// Files of all customers: what waits, what can be taken, what was given.
package struct ExportShelf: Sendable {
  /// How many contacts a file of this moment would hold.
  package let count: Int
  /// What the reader has asked for and nobody has decided about.
  package let waiting: [OwnAsk<CustomerExport>]
  /// Everybody's that were given, newest first.
  package let given: [Given]

  package struct Given: Sendable {
    package let approval: Approval
    package let export: CustomerExport
    package let givenBy: Slug?
    package let givenAt: Instant
    /// The address of the customer who is in this file alone, and nobody; nil for whoever asked for the file.
    package let mark: String?
    /// Until when the reader can take it; nil for others' and what is over.
    package let until: Instant?
  }
}

extension Desk {
  static let mostExportsListed = 50

  /// What somebody who may take customers' data out is shown before they ask.
  package func openExports(by person: StaffPerson) async throws -> ExportShelf {
    let now = clock.now()
    let mark = ExportMark(ring, address: address, business: try await timetable().business)
    let shelf = try await readAndRecord(.exportsOpened, by: person.actor, for: .administration) {
      [self]
      records,
      _ -> ExportShelf? in
      _ = try reach(.exportCustomers, person)
      return ExportShelf(
        count: try records.contactCount(until: now),
        waiting: try records.waiting(askedBy: person.id, now: now).compactMap { approval, effect in
          guard case .customerExport(let export) = effect else { return nil }
          return OwnAsk(approval: approval, effect: export)
        },
        given: try records.givenApprovals(.customerExport, atMost: Desk.mostExportsListed).compactMap {
          given in
          guard case .customerExport(let export) = try ApprovalEffect(given.approval) else { return nil }
          let until = given.approval.expiresAt
          return ExportShelf.Given(
            approval: given.approval,
            export: export,
            givenBy: given.givenBy,
            givenAt: given.givenAt,
            mark: given.approval.askedBy == person.id ? nil : mark.email(of: given.approval.id),
            until: given.approval.askedBy == person.id && now < until ? until : nil
          )
        }
      )
    }
    guard let shelf else { throw Refusal(.unknown) }
    return shelf
  }

  /// Asks for a file of all customers; a second person agrees, or a day passes where there is none.
  ///
  /// - Throws: `.notAllowed`; also to whoever works here for a time only, whatever their role says (R26).
  package func askExport(
    for purpose: CustomerExport.Purpose,
    details: Bool,
    by person: StaffPerson
  ) async throws -> Approval {
    try await watchingExports(by: person) { [self] in
      try await act(.approvalAsked, by: person.actor, for: .administration) { [self] changes, detail in
        try permitExport(person)
        let stored = try holdBusiness(nil, changes)
        let now = clock.now()
        let export = CustomerExport(
          purpose: purpose,
          hasDetails: details,
          until: now,
          count: try changes.contactCount(until: now)
        )
        return try ask(.customerExport(export), by: person.id, stored.business, changes, &detail)
      }
    }
  }

  /// Somebody who works here for a time takes no customers along.
  func permitExport(_ person: StaffPerson) throws(Refusal) {
    try permit(.exportCustomers, person, on: .business)
    if person.isEngaged { throw Refusal(.notAllowed) }
  }

  /// Tells the owners, once an hour, when somebody tried who may not.
  func watchingExports<Answer: Sendable>(
    by person: StaffPerson,
    _ body: () async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await body()
    } catch let refusal as Refusal where refusal.code == .notAllowed {
      let (timetable, now) = (try await timetable(), clock.now())
      try await store.change { [self] changes in
        try tellOwnersHourly(of: person.id, .exportTried, changes, timetable, now)
      }
      throw refusal
    }
  }
}

/// Something that one asked for oneself and that waits.
package struct OwnAsk<Effect: Sendable>: Sendable {
  package let approval: Approval
  package let effect: Effect
}

extension Records {
  /// What somebody has asked for and nobody has decided about, oldest first.
  func waiting(askedBy staff: Slug, now: Instant) throws -> [(Approval, ApprovalEffect)] {
    try openApprovals().filter { $0.askedBy == staff && now < $0.expiresAt }.map {
      ($0, try ApprovalEffect($0))
    }
  }
}
