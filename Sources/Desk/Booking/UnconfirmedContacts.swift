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

  /// Searches with the subjects that share this index. When contacts were added since the last look they are opened
  /// first; those added while that goes on may be missed.
  ///
  /// - Parameter search: nil when there are contacts newer than the ones it was given.
  func with<Found: Sendable>(
    _ column: ContactIndexColumn,
    _ index: [UInt8],
    _ desk: Desk,
    _ search: ([Identifier], NewContacts) async throws -> Found?
  ) async throws -> Found {
    let now = desk.clock.now()
    let (subjects, newer) = known.withLock { known in
      // Here too, or numbers that never turn up would be asked for until the next contact comes.
      known.giveUpWaiting(now)
      return (known.subjects(column, index), known.newer)
    }
    if let found = try await search(subjects, newer) { return found }
    try await refresh(desk)
    let all = known.withLock { $0.subjects(column, index) }
    guard let found = try await search(all, .none) else { throw StorageFault.damaged("contact.number") }
    return found
  }

  /// Subjects that share an address or a number with these indexes.
  func subjects(matching indexes: ContactIndexes) -> [Identifier] {
    known.withLock { known in
      let byEmail = indexes.email.map { known.subjects(.email, $0) } ?? []
      let byPhone = indexes.phone.map { known.subjects(.phone, $0) } ?? []
      return Array(Set(byEmail + byPhone))
    }
  }

  /// False when nothing is left to open.
  private func learnSome(_ desk: Desk) async throws -> Bool {
    let now = desk.clock.now()
    let since = now - UnconfirmedContacts.kept
    let newer = known.withLock { known in
      known.forget(madeBefore: since)
      known.giveUpWaiting(now)
      return known.newer
    }
    let added = try await desk.store.ask {
      try $0.unconfirmedContacts(newer, madeSince: since, atMost: UnconfirmedContacts.atOnce)
    }
    guard !added.isEmpty else { return false }
    let keys = try await desk.keys.open(added.map(\.contact.subject), only: .p1)
    let learned = try added.map { number, contact in
      let indexes = try keys[contact.subject].map { keys in
        desk.indexes(email: try contact.open(.email, keys), phone: try contact.open(.phone, keys))
      }
      return Learned(number: number, subject: contact.subject, madeAt: contact.madeAt, indexes: indexes)
    }
    let skipped = known.withLock { known in
      for one in learned { known.learn(one, now) }
      return known.newer.single
    }
    // Most that are skipped belong to contacts that staff made: confirmed, and to be awaited no more.
    if !skipped.isEmpty {
      let confirmed = try await desk.store.ask { try $0.confirmedContacts(among: skipped) }
      known.withLock { $0.stopWaiting(for: confirmed) }
    }
    return added.count == UnconfirmedContacts.atOnce
  }
}

/// One contact whose address and number were opened; without indexes when its keys were destroyed.
private struct Learned: Sendable {
  let number: Int
  let subject: Identifier
  let madeAt: Instant
  let indexes: ContactIndexes?
}

/// What one process has learned.
private struct Known {
  /// How long a number that was skipped may still turn up: longer than any transaction lasts.
  private static let patience = 60
  private static let mostAwaited = 200

  /// Under way; whoever needs it meanwhile waits for this one instead of opening the same contacts again.
  var refreshing: Task<Void, any Error>?

  private var lastNumber = 0
  /// Numbers that were skipped, and when that was noticed: with several writers a lower number may be committed later.
  private var awaited: [Int: Instant] = [:]
  private var byEmail: [[UInt8]: [Identifier]] = [:]
  private var byPhone: [[UInt8]: [Identifier]] = [:]
  /// In the order in which they were made, nearly.
  private var learned: ArraySlice<Learned> = []

  var newer: NewContacts { NewContacts(after: lastNumber, or: awaited.keys.sorted()) }

  func subjects(_ column: ContactIndexColumn, _ index: [UInt8]) -> [Identifier] {
    switch column {
    case .email: byEmail[index] ?? []
    case .phone: byPhone[index] ?? []
    }
  }

  mutating func learn(_ one: Learned, _ now: Instant) {
    awaited[one.number] = nil
    if one.number > lastNumber {
      if one.madeAt > now - Known.patience {
        let oldest = max(lastNumber + 1, one.number - Known.mostAwaited)
        for skipped in oldest..<one.number { awaited[skipped] = now }
      }
      lastNumber = one.number
    }
    guard let indexes = one.indexes else { return }
    if let email = indexes.email { byEmail[email, default: []].append(one.subject) }
    if let phone = indexes.phone { byPhone[phone, default: []].append(one.subject) }
    learned.append(one)
  }

  mutating func giveUpWaiting(_ now: Instant) {
    awaited = awaited.filter { $0.value > now - Known.patience }
    while awaited.count > Known.mostAwaited, let oldest = awaited.keys.min() { awaited[oldest] = nil }
  }

  mutating func stopWaiting(for numbers: [Int]) {
    for number in numbers { awaited[number] = nil }
  }

  /// Forgets contacts that are too old to be found without having been confirmed.
  mutating func forget(madeBefore since: Instant) {
    while let oldest = learned.first, oldest.madeAt < since {
      learned.removeFirst()
      if let email = oldest.indexes?.email { remove(oldest.subject, email, from: &byEmail) }
      if let phone = oldest.indexes?.phone { remove(oldest.subject, phone, from: &byPhone) }
    }
  }

  private func remove(_ subject: Identifier, _ index: [UInt8], from subjects: inout [[UInt8]: [Identifier]]) {
    subjects[index]?.removeAll { $0 == subject }
    if subjects[index]?.isEmpty == true { subjects[index] = nil }
  }
}
