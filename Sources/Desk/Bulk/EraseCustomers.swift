import Audit
import Booking
package import People
package import Primitives
import Storage
import Vault

/// What would be erased, before anybody is asked.
package struct ErasurePreview: Sendable {
  /// The first day that would be kept; nil while nobody has chosen one.
  package let erasure: CustomerErasure?
  /// Contacts whose data is there.
  package let count: Int
  /// What the reader has asked for and nobody has decided about.
  package let waiting: [OwnAsk<CustomerErasure>]
}

extension Desk {
  static let erasedKeysAtOnce = 100

  /// Counts who would be erased; changes nothing.
  ///
  /// - Throws: `.invalid` at `kept_from` for a day that is not over.
  package func previewErasure(keeping day: CivilDay?, by person: StaffPerson) async throws -> ErasurePreview {
    let now = clock.now()
    let business = try await timetable().business
    let preview = try await readAndRecord(.erasureOpened, by: person.actor, for: .administration) {
      [self]
      records,
      detail -> ErasurePreview? in
      _ = try reach(.eraseCustomers, person)
      let erasure = try day.map { try plannedErasure(keeping: $0, business, records) }
      detail.count = erasure?.count
      return ErasurePreview(
        erasure: erasure,
        count: try records.contactCount(until: now),
        waiting: try records.waiting(askedBy: person.id, now: now).compactMap { approval, effect in
          guard case .customerErasure(let erasure) = effect else { return nil }
          return OwnAsk(approval: approval, effect: erasure)
        }
      )
    }
    guard let preview else { throw Refusal(.unknown) }
    return preview
  }

  /// Asks that the data of every customer whose visits were over before a day be erased; a second person agrees, or a day
  /// passes where there is none. Nobody can undo it then.
  ///
  /// - Parameter count: how many were shown.
  /// - Throws: `.invalid` at `kept_from` for a day that is not over, and where nobody would be erased; `.stale` for another
  ///   number.
  package func askErasure(keeping day: CivilDay, count: Int, by person: StaffPerson) async throws -> Approval
  {
    try await act(.approvalAsked, by: person.actor, for: .administration) { [self] changes, detail in
      try permit(.eraseCustomers, person, on: .business)
      let stored = try holdBusiness(nil, changes)
      let erasure = try plannedErasure(keeping: day, stored.business, changes)
      guard erasure.count == count else { throw Refusal(.stale) }
      guard count > 0 else { throw Refusal.invalid("kept_from", .nobody) }
      detail.count = count
      return try ask(.customerErasure(erasure), by: person.id, stored.business, changes, &detail)
    }
  }

  private func plannedErasure(keeping day: CivilDay, _ business: Business, _ records: any Records) throws
    -> CustomerErasure
  {
    guard day <= (try today(business)), let place = business.locations.first else {
      throw Refusal.invalid("kept_from", .notOver)
    }
    let before = try zones.zone(named: place.zone).startOfDay(day)
    return try erasure(keeping: day, before: before, records)
  }

  /// With all who are erased by it now.
  func erasure(keeping day: CivilDay, before: Instant, _ records: any Records) throws -> CustomerErasure {
    let subjects = try records.contacts(servedBefore: before)
    let whose = Hash32(of: subjects.flatMap(\.bytes))
    return CustomerErasure(keptFrom: day, before: before, count: subjects.count, whose: whose.description)
  }

  /// Destroys the keys of customers who were erased; called every second.
  ///
  /// The keys go first, for good; the entry that names whose follows. A server that ends between the two does both again.
  ///
  /// - Returns: how many; call again until none.
  package func destroyErasedKeys() async throws -> Int {
    let subjects = try await store.read { try $0.erasedSubjects(atMost: Desk.erasedKeysAtOnce) }
    guard !subjects.isEmpty else { return 0 }
    try await store.change { try $0.confirmErased(subjects) }
    try await keys.store.change { try $0.destroySubjectKeys(subjects) }
    try await keys.store.dropOldCopies()
    let isDone = try await act(.customersErased, by: .server, for: .upkeep) { changes, detail in
      try changes.forgetErased(subjects)
      for subject in subjects { detail.touch(subject: subject) }
      detail.fields = ContactField.allCases.map(\.rawValue).sorted()
      detail.count = subjects.count
      return try changes.erasedSubjects(atMost: 1).isEmpty
    }
    if isDone { try await store.dropOldCopies() }
    return subjects.count
  }
}
