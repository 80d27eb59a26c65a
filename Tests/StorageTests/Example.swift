import Audit
import Foundation
import Primitives
import Privacy
import Storage
import Synchronization
import TestKit
import Testing
import Vault

/// A data store of either engine in a place of its own, which goes with this value.
final class Example: Sendable {
  let place: Place
  let store: any Store
  /// How often a head was signed: on SQLite, once for each commit with entries.
  let commits: Counter

  private static let seed: [UInt8] = Array(repeating: 7, count: 32)
  private static let origin = "cloakroom/spare-hands"

  init(_ engine: Engine, trace: StatementTrace? = nil) async throws {
    place = try Place(engine)
    commits = Counter()
    store = try await place.open(.data, checkpoint: try Example.checkpoint(counting: commits), trace: trace)
  }

  deinit { try? store.close() }

  /// Another server process in the same place, as far as the engine can tell.
  func another() async throws -> any Store {
    try await place.open(.data, checkpoint: try Example.checkpoint(counting: Counter()))
  }

  static func checkpoint(counting commits: Counter) throws -> CheckpointMaker {
    let signer = try CheckpointSigner(seed: seed)
    return { frontier in
      commits.add()
      return try AuditHead(of: frontier, origin: origin, signer: signer)
    }
  }

  func audit() async throws -> AuditReport { try await audit(through: store) }

  /// - Parameter witness: an earlier checkpoint that must be a beginning of the tree.
  func audit(through store: any Store, witness: String? = nil) async throws -> AuditReport {
    let key = try #require(try CheckpointSigner(seed: Example.seed).verificationKey(name: Example.origin))
    let head = try await store.auditHead()
    let checkpoints = [head.checkpoint] + [witness].compactMap { $0 }
    return try await store.read { records in
      var verifier = AuditVerifier(key: key, checkpoints: checkpoints)
      try records.auditEntries(from: 0) { verifier.feed(sequence: $0, entry: $1) }
      return verifier.report(size: head.size, root: Hash32(bytes: head.root), frontier: head.frontier)
    }
  }

  func count(_ table: String) async throws -> Int {
    try await store.read { try $0.first(SQL(unchecked: "SELECT count(*) FROM \(table)")) { $0.int(0) } } ?? 0
  }

  func texts(_ query: String) async throws -> [String] {
    try await store.read { try $0.all(SQL(unchecked: query)) { $0.text(0) } }
  }

  /// Until no entry waits for its place in the tree any more.
  func waitUntilSequenced() async throws {
    while try await count("audit_waiting") > 0 { try await Task.sleep(for: .milliseconds(10)) }
  }

  /// Changes the database outside every act.
  func tamper(_ statement: SQL) async throws {
    _ = try await store.change { try $0.run(statement) }
  }
}

final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  @discardableResult
  func add() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }

  func take() { count.withLock { $0 -= 1 } }

  func reaches(_ wanted: Int) async throws {
    while value < wanted { try await Task.sleep(for: .milliseconds(2)) }
  }
}

/// Keeps SQLite's writer, or one of PostgreSQL's connections, busy; what waits for the writer is then merged into one
/// commit.
final class Gate: Sendable {
  private let opened = DispatchSemaphore(value: 0)
  private let held: Task<Void, any Error>

  /// Returns once it stands still, `first` having been done.
  init(_ store: any Store, _ first: @escaping @Sendable (any Changes) throws -> Void = { _ in }) async throws
  {
    let entered = Counter()
    held = Task { [opened] in
      try await store.change { changes in
        try first(changes)
        entered.add()
        opened.wait()
      }
    }
    try await entered.reaches(1)
  }

  /// Lets it go on, and with it everything that waits.
  func open() async throws {
    opened.signal()
    try await held.value
  }
}

/// The entry of an act about nobody.
func entry(_ act: String = "visitors.throttled") -> [UInt8] {
  AuditEntry(
    act: act,
    actor: .server,
    at: Instant(seconds: 1_795_413_600),
    outcome: .done,
    purpose: .upkeep
  ).canonicalBytes
}

extension Changes {
  /// An act that writes one row and its entry.
  func block(_ staff: String, _ number: Int) throws {
    _ = try run(
      """
      INSERT INTO time_off (id, staff, start, "end")
      VALUES (\(Identifier(high: 1, low: UInt64(number))), \(staff), \(number), \(number + 1))
      """
    )
    try record(entry())
  }
}
