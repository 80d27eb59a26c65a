import Booking
import Primitives
import Storage
import Vault

extension Desk {
  /// Bookings and contacts a customer's address has at most in what is shown; the newest.
  static let mostOwn = 500

  /// Everything that was handed in with one address: by confirmed contacts, and by those of the last 30 days that nobody
  /// has confirmed. Read as `read` says, which records the look where there is one.
  ///
  /// - Parameter read: is given the rows, and decides what comes of them.
  func visits<Answer: Sendable>(
    having index: [UInt8],
    _ read:
      @escaping @Sendable (_ find: @escaping @Sendable (any Records) throws -> CustomerRows?) async throws ->
      Answer?
  ) async throws -> Answer {
    let since = clock.now() - UnconfirmedContacts.kept
    return try await unconfirmed.with(.email, index, self) { subjects, newer in
      try await read { records in
        let found = try records.search(
          .email,
          equals: index,
          orSubjects: subjects,
          unless: newer,
          madeSince: since,
          atMost: Desk.mostOwn
        )
        return found.hasNewer ? nil : found
      }
    }
  }

  /// The contacts that have an address: confirmed ones first, then the newest first.
  func contacts(having index: [UInt8]) async throws -> [ContactRecord] {
    let rows = try await visits(having: index) { [store] find in try await store.read { try find($0) } }
    return rows.contacts
  }
}

extension CustomerRows {
  /// Each contact once: confirmed ones first, then the newest first.
  var contacts: [ContactRecord] {
    var seen: Set<Identifier> = []
    return visits.map(\.1).filter { seen.insert($0.subject).inserted }.sorted { one, other in
      if (one.confirmedAt != nil) != (other.confirmedAt != nil) { return one.confirmedAt != nil }
      return (one.madeAt, one.subject) > (other.madeAt, other.subject)
    }
  }
}
