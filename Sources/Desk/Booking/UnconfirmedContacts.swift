import Booking
import Primitives
import Storage
import Synchronization
import Vault

/// Blind indexes of contacts that nobody has confirmed, in this process's memory only.
///
/// Written to the database they would let whoever can read it and book test whether somebody is a customer (the insert
/// oracle); so until a contact is confirmed, at most 30 days, it is found by opening.
final class UnconfirmedContacts: Sendable {
  static let kept = Int.days(30)
  /// How many are opened in one go; bounds the number of keys asked for in one statement.
  private static let atOnce = 1_000

  private let known = Mutex(Known())

  private struct Known {
    var lastNumber = 0
    var byEmail: [[UInt8]: [Identifier]] = [:]
    var byPhone: [[UInt8]: [Identifier]] = [:]
    /// Under way; whoever needs it meanwhile waits for this one instead of opening the same contacts again.
    var refreshing: Task<Void, any Error>?
  }

  /// Opens what was added since the last time; each contact is opened once in a process's life.
  func refresh(_ desk: Desk) async throws {
    let refreshing = known.withLock { known in
      if let refreshing = known.refreshing { return refreshing }
      let refreshing = Task.detached {
        defer { self.known.withLock { $0.refreshing = nil } }
        while try await self.learnSome(desk) {}
      }
      known.refreshing = refreshing
      return refreshing
    }
    try await refreshing.value
  }

  /// The visits of the customer with this index, unconfirmed ones included. One statement, unless contacts were added
  /// since the last look.
  func search(
    _ column: ContactIndexColumn,
    _ index: [UInt8],
    _ desk: Desk
  ) async throws -> [(BookingRecord?, ContactRecord)] {
    let since = desk.clock.now() - UnconfirmedContacts.kept
    var subjects = subjects(column, index)
    while true {
      let (after, asked) = (known.withLock(\.lastNumber), subjects)
      let found = try await desk.store.ask {
        try $0.search(column, equals: index, orSubjects: asked, unconfirmedAfter: after, madeSince: since)
      }
      guard found.hasNewer else { return found.visits }
      try await refresh(desk)
      subjects = self.subjects(column, index)
      if subjects.count == asked.count { return found.visits }
    }
  }

  /// Subjects that share an address or a number with these indexes.
  func subjects(matching indexes: ContactIndexes) -> [Identifier] {
    let byEmail = indexes.email.map { subjects(.email, $0) } ?? []
    let byPhone = indexes.phone.map { subjects(.phone, $0) } ?? []
    return Array(Set(byEmail + byPhone))
  }

  private func subjects(_ column: ContactIndexColumn, _ index: [UInt8]) -> [Identifier] {
    known.withLock { known in
      switch column {
      case .email: known.byEmail[index] ?? []
      case .phone: known.byPhone[index] ?? []
      }
    }
  }

  /// False when nothing is left to open.
  private func learnSome(_ desk: Desk) async throws -> Bool {
    let since = desk.clock.now() - UnconfirmedContacts.kept
    let after = known.withLock(\.lastNumber)
    let added = try await desk.store.ask {
      try $0.unconfirmedContacts(after: after, madeSince: since, atMost: UnconfirmedContacts.atOnce)
    }
    guard let last = added.last else { return false }
    let keys = try await desk.keys.open(added.map(\.contact.subject), only: .p1)
    let indexed = try added.compactMap { _, contact -> (Identifier, ContactIndexes)? in
      guard let keys = keys[contact.subject] else { return nil }
      let indexes = desk.indexes(email: try contact.open(.email, keys), phone: try contact.open(.phone, keys))
      return (contact.subject, indexes)
    }
    known.withLock { known in
      for (subject, indexes) in indexed {
        if let email = indexes.email { known.byEmail[email, default: []].append(subject) }
        if let phone = indexes.phone { known.byPhone[phone, default: []].append(subject) }
      }
      known.lastNumber = last.number
    }
    return added.count == UnconfirmedContacts.atOnce
  }
}
