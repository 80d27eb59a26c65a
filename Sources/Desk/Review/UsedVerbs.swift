import Audit
import Booking
import Primitives
import Storage

/// What people have done lately, by the record.
enum UsedVerbs {
  /// The most entries that are read; a busier business looks back less far.
  static let mostRead = 200_000

  private static let acts: [String: Verb] = [
    ActName.dayOpened.rawValue: .viewDay, ActName.bookingOpened.rawValue: .viewBooking,
    ActName.contactRevealed.rawValue: .revealContact, ActName.bookingMade.rawValue: .makeBooking,
    ActName.bookingRescheduled.rawValue: .moveBooking, ActName.bookingCancelled.rawValue: .cancelBooking,
    ActName.bookingMarked.rawValue: .markVisit, ActName.timeOffAdded.rawValue: .blockTimeOff,
    ActName.timeOffLifted.rawValue: .liftTimeOff, ActName.customersSearched.rawValue: .searchCustomers,
    ActName.moneyOpened.rawValue: .viewMoney, ActName.mailServerOpened.rawValue: .viewMail,
    ActName.mailServerSet.rawValue: .setMail, ActName.peopleListed.rawValue: .viewPeople,
    ActName.accessOpened.rawValue: .viewPeople, ActName.inviteMade.rawValue: .invitePeople,
    ActName.sessionsEnded.rawValue: .endAccess, ActName.personLeft.rawValue: .endAccess,
    ActName.reviewAnswered.rawValue: .manageRoles, ActName.accessListed.rawValue: .viewAccess,
    ActName.recordOpened.rawValue: .viewAudit,
  ]

  /// Whether the record tells that it was used.
  static func isTold(_ verb: Verb) -> Bool { acts.values.contains(verb) }

  /// The person and the verb of one entry; nil for others' and for refused ones.
  static func read(_ entry: [UInt8]) -> (staff: Slug, verb: Verb)? {
    guard let json = CanonicalJSON(entry), json["outcome"]?.string == "done",
      let actor = json["actor"]?.string, actor.hasPrefix("staff/"), let staff = Slug(actor.dropFirst(6)),
      let verb = json["act"]?.string.flatMap({ acts[$0] })
    else { return nil }
    return (staff, verb)
  }
}

extension Desk {
  /// What everybody has used since, and from when on the record was read.
  func usedVerbs(since: Instant) async throws -> (used: [Slug: Set<Verb>], since: Instant) {
    // Entries that another server's sequencer has not appended yet are the newest ones.
    let size = try await store.auditHead().size
    return try await store.read { records in
      var used: [Slug: Set<Verb>] = [:]
      let first = max(try records.firstEntry(since: since, of: size), size - UsedVerbs.mostRead)
      try records.auditEntries(from: first) { _, entry in
        if let (staff, verb) = UsedVerbs.read(entry) { used[staff, default: []].insert(verb) }
      }
      let oldest = first < size ? try records.entryTime(first) : nil
      return (used, max(since, oldest ?? since))
    }
  }
}

extension Records {
  /// The first entry that is not older, by halving: entries are in the order of time but for a few seconds.
  fileprivate func firstEntry(since: Instant, of size: Int) throws -> Int {
    var (low, high) = (0, size)
    while low < high {
      let middle = (low + high) / 2
      if let time = try entryTime(middle), time < since { low = middle + 1 } else { high = middle }
    }
    return low
  }

  fileprivate func entryTime(_ seq: Int) throws -> Instant? {
    try first("SELECT entry FROM audit_entry WHERE seq = \(seq)") { row in
      CanonicalJSON(row.bytes(0))?["at"]?.string.flatMap { Instant(rfc3339: $0) }
    } ?? nil
  }
}
