import Audit
package import Booking
import People
import Primitives
import Storage
import Vault

/// A customer found: who, how to reach, and the newest bookings.
package struct FoundCustomer: Sendable {
  package let name: String
  package let email: String?
  package let phone: String?
  package let bookings: [BookingRecord]
}

extension Desk {
  /// The most customers a search answers with, and the most contacts a search by name opens.
  package static let mostFound = 50
  package static let mostScanned = 20_000

  /// Finds customers by exact e-mail or phone, or by part of a name; recorded before it returns.
  ///
  /// Who may look at some places only finds those who have a booking there. E-mail and phone go through the blind index,
  /// three statements. A name is found by opening the newest contacts in memory, which one entry records as a bulk reading
  /// with its count.
  ///
  /// - Throws: `.invalid` for fewer than three characters; `.volumeReached`.
  package func searchCustomers(_ query: String, by person: StaffPerson) async throws -> [FoundCustomer] {
    let extent = try await requireReach(.searchCustomers, by: person, .customersSearched, for: .search)
    let query = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard query.unicodeScalars.count >= 3, query.unicodeScalars.count <= 254 else {
      try await refuse(.customersSearched, by: person.actor, for: .search, .invalid("query", .tooShort))
    }
    // Before anything is looked for, or the refusal would tell who is a customer.
    if let wait = seen.wait(of: person.id, under: person.holder.role.limit, now: clock.now()) {
      try await refuse(
        .customersSearched,
        by: person.actor,
        for: .search,
        Refusal(.volumeReached, wait: wait)
      )
    }
    if query.contains("@") { return try await search(.email, emailIndex(query), extent, person) }
    if let phone = try? PhoneNumber(query) {
      return try await search(.phone, phoneIndex(phone.text), extent, person)
    }
    return try await searchByName(query, extent, person)
  }

  private func search(
    _ column: ContactIndexColumn,
    _ index: [UInt8],
    _ extent: Extent,
    _ person: StaffPerson
  ) async throws -> [FoundCustomer] {
    let now = clock.now()
    let timetable = try await timetable()
    let visits = try await unconfirmed.with(column, index, self) { subjects, newer in
      try await show(.customersSearched, to: person, for: .search) {
        [self]
        records,
        detail -> ([(BookingRecord?, ContactRecord)], of: [Identifier])? in
        let found = try records.search(
          column,
          equals: index,
          orSubjects: subjects,
          unless: newer,
          madeSince: now - UnconfirmedContacts.kept,
          within: extent
        )
        guard !found.hasNewer else { return nil }
        if found.hasDecoy { try tellOwnersHourly(of: person.id, .decoyShown, records, timetable, now) }
        detail.touch(found.visits)
        detail.name(person.holder.leaves(widening: .searchCustomers, now: now))
        return (found.visits, of: found.visits.map(\.1.subject))
      }
    }
    let keys = try await keys.open(Array(Set(visits.map { $0.1.subject })), only: .p1)
    return try grouped(visits, keys)
  }

  private func searchByName(_ part: String, _ extent: Extent, _ person: StaffPerson) async throws
    -> [FoundCustomer]
  {
    let wanted = Normalised.email(part)
    let contacts = try await store.read { try $0.newestContacts(within: extent, atMost: Desk.mostScanned) }
    var matches: [Identifier] = []
    for chunk in stride(from: 0, to: contacts.count, by: 500) {
      let some = contacts[chunk..<min(chunk + 500, contacts.count)]
      let keys = try await keys.open(some.map(\.subject), only: .p1)
      for contact in some {
        guard let keys = keys[contact.subject], let name = try contact.open(.name, keys) else { continue }
        if Normalised.email(name).contains(wanted) { matches.append(contact.subject) }
      }
    }
    let found = Array(matches.prefix(Desk.mostFound))
    let visits = try await store.read {
      try $0.visits(subjects: found, within: extent, atMost: Desk.mostFound * 4)
    }
    let customers = try grouped(visits, try await keys.open(found, only: .p1))
    let now = clock.now()
    let timetable = try await timetable()
    return try await show(.customersSearched, to: person, for: .search) { [self] changes, detail in
      if try changes.hasDecoy(among: visits.map(\.1.subject)) {
        try tellOwnersHourly(of: person.id, .decoyShown, changes, timetable, now)
      }
      detail.touch(visits)
      detail.name(person.holder.leaves(widening: .searchCustomers, now: now))
      detail.count = contacts.count
      return (customers, of: visits.map(\.1.subject))
    } ?? []
  }

  /// Confirmed bookings of one e-mail address, or else of one phone number, are one customer's. What nobody has confirmed
  /// joins only what says the very same, so that a stranger who types a customer's address is not shown as them (V35).
  private func grouped(
    _ visits: [(BookingRecord?, ContactRecord)],
    _ keys: [Identifier: SubjectKeys]
  ) throws -> [FoundCustomer] {
    var order: [String] = []
    var customers: [String: FoundCustomer] = [:]
    for (booking, contact) in visits {
      guard let keys = keys[contact.subject] else { continue }
      let email = try contact.open(.email, keys)
      let phone = try contact.open(.phone, keys)
      let name = try contact.open(.name, keys) ?? ""
      let reached = email.map(Normalised.email) ?? phone.map(Normalised.phone) ?? contact.subject.description
      let same =
        contact.confirmedAt == nil
        ? [name, email.map(Normalised.email) ?? "", phone.map(Normalised.phone) ?? ""].joined(
          separator: "\u{1F}"
        )
        : reached
      if let known = customers[same] {
        customers[same] = FoundCustomer(
          name: known.name,
          email: known.email,
          phone: known.phone ?? phone,
          bookings: known.bookings + [booking].compactMap { $0 }
        )
      } else {
        order.append(same)
        customers[same] = FoundCustomer(
          name: name,
          email: email,
          phone: phone,
          bookings: [booking].compactMap { $0 }
        )
      }
    }
    return order.prefix(Desk.mostFound).compactMap { customers[$0] }
  }
}

extension ActDetail {
  /// What a list of customers shows of each.
  fileprivate mutating func touch(_ visits: [(BookingRecord?, ContactRecord)]) {
    for subject in Set(visits.map { $0.1.subject }).sorted() { touch(subject: subject) }
    fields = [ContactField.email, .name, .phone].map(\.rawValue)
  }
}
