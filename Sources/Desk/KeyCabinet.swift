import Primitives
import Storage
import Synchronization
import Vault

/// The `keys` database and a stock of blank subject keys in memory.
///
/// Two databases do not commit together, so a subject's keys are made ahead and are durable before a booking names them.
/// A blank that was taken and never named opens nothing.
final class KeyCabinet: Sendable {
  /// How many a process fetches at first, and at most: each time the stock runs low it fetches twice as many.
  private static let fewest = 64
  private static let most = 1_024
  /// What lies in the store beyond that: two days' need of a busy business, so that a backup of the keys made in between
  /// holds the keys of bookings to come.
  private static let ahead = 256

  let store: any Store
  private let ring: KeyRing
  private let clock: any TimeSource
  private let stock = Mutex(Stock())

  private struct Stock {
    var blanks: [WrappedSubjectKeys] = []
    var batch = KeyCabinet.fewest
    var refilling: Task<Void, any Error>?
  }

  init(store: any Store, ring: KeyRing, clock: any TimeSource) {
    self.store = store
    self.ring = ring
    self.clock = clock
  }

  /// Keys for a new subject, durable in the store.
  func takeBlank() async throws -> BlankKeys {
    while true {
      let (blank, refill) = stock.withLock { stock in
        let blank = stock.blanks.popLast()
        if stock.blanks.count < stock.batch / 2, stock.refilling == nil {
          if blank == nil { stock.batch = min(KeyCabinet.most, stock.batch * 2) }
          let batch = stock.batch
          stock.refilling = Task.detached { try await self.refill(batch) }
        }
        return (blank, stock.refilling)
      }
      if let blank { return BlankKeys(wrapped: blank, keys: try ring.open(blank)) }
      try await refill?.value
    }
  }

  /// A blank whose act was refused: it was named nowhere and serves the next.
  func giveBack(_ blank: BlankKeys) {
    stock.withLock { $0.blanks.append(blank.wrapped) }
  }

  /// Runs an act that names a blank; refused, it has named it nowhere, and the blank is given back.
  func spend<Answer>(_ blank: BlankKeys, _ act: () async throws -> Answer) async throws -> Answer {
    do {
      return try await act()
    } catch let refusal as Refusal {
      giveBack(blank)
      throw refusal
    }
  }

  /// The opened keys of these subjects; a subject whose keys were destroyed is missing.
  ///
  /// - Parameter only: the one class that is needed, at half the cost; nil: both.
  func open(_ subjects: [Identifier], only: SealingClass? = nil) async throws -> [Identifier: SubjectKeys] {
    let wrapped = try await store.ask { try $0.subjectKeys(subjects) }
    return Dictionary(uniqueKeysWithValues: try wrapped.map { ($0.subject, try ring.open($0, only: only)) })
  }

  func open(_ subject: Identifier) async throws -> SubjectKeys? {
    try await open([subject])[subject]
  }

  /// Gives what was not used back to the store and closes it.
  func close() async throws {
    let unused = stock.withLock { stock in
      defer { stock.blanks = [] }
      return stock.blanks
    }
    try await store.change { try $0.giveBackBlanks(unused) }
    try store.close()
  }

  private func refill(_ batch: Int) async throws {
    defer { stock.withLock { $0.refilling = nil } }
    let now = clock.now()
    let ring = ring
    let missing = max(0, batch + KeyCabinet.ahead - (try await store.read { try $0.blankCount() }))
    let made = try (0..<missing).map { _ in try ring.makeSubjectKeys(for: Identifier(at: now)) }
    let blanks = try await store.change { changes in
      try changes.addBlanks(made)
      return try changes.takeBlanks(atMost: batch, at: now)
    }
    stock.withLock { $0.blanks.append(contentsOf: blanks) }
  }
}

/// Keys that no subject is named by yet.
struct BlankKeys: Sendable {
  let wrapped: WrappedSubjectKeys
  let keys: SubjectKeys
}
