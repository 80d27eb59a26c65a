import Audit
import Booking
import Foundation
import Outgoing
import People
import Primitives
import Storage
import Synchronization
import TestKit
import Testing
import Vault

@testable import Desk

/// Spare Hands in databases of its own, which go with this value, on the engine that the test at hand runs on.
final class Shop: Sendable {
  let clock: StandingClock
  let desk: Desk
  /// Every statement of every act, in order.
  let statements = StatementLog()
  let place: TestKit.Place
  /// The same database through a second pair of hands, without an audit tree: for looking and for breaking things.
  let raw: any Store
  /// Who has signed in by ``person(_:)``, and the cookie of their browser.
  let browsers = Mutex<[String: (person: StaffPerson, deviceToken: String)]>([:])
  private let root: RootKey
  private let wrapped: WrappedBusinessKey
  private let others = Mutex<[Desk]>([])

  static let courier = Courier()

  init(_ business: Business? = nil, emails: [String: String] = Cast.emails) async throws {
    let business = try business ?? SpareHands.business()
    clock = StandingClock(try opening())
    place = try TestKit.Place(OnEachEngine.engine)
    root = RootKey.generate()
    let made = try KeyRing.create(business: business.id, root: root)
    wrapped = made
    let now = clock.now()
    let keys = try await place.open(.keys)
    try await keys.change { try $0.add(made, at: now) }
    try keys.close()
    desk = try await Shop.open(business.id, place, root, wrapped, clock, statements)
    _ = try await desk.apply(
      business,
      emails: try Dictionary(uniqueKeysWithValues: emails.map { (try slug($0.key), $0.value) }),
      by: .commandLine
    )
    raw = try await place.open(.data)
  }

  deinit {
    for desk in others.withLock({ $0 }) + [desk] {
      try? desk.store.close()
      try? desk.keys.store.close()
    }
    try? raw.close()
  }

  /// Another server process on the same databases, as far as they can tell.
  func another(passwords: PasswordLists? = nil) async throws -> Desk {
    let desk = try await Shop.open(self.desk.business, place, root, wrapped, clock, nil, passwords)
    others.withLock { $0.append(desk) }
    return desk
  }

  private static func open(
    _ business: Slug,
    _ place: TestKit.Place,
    _ root: RootKey,
    _ wrapped: WrappedBusinessKey,
    _ clock: StandingClock,
    _ log: StatementLog?,
    _ passwords: PasswordLists? = nil
  ) async throws -> Desk {
    let ring = try KeyRing(business: business, wrapped: wrapped, root: root)
    let signer = ring.checkpointSigner
    let trace: StatementTrace? = log.map { log in { @Sendable statement in log.note(statement) } }
    return try await Desk(
      business: business,
      address: "http://localhost:8080",
      store: place.open(
        .data,
        checkpoint: { try AuditHead(of: $0, origin: "cloakroom/\(business)", signer: signer) },
        trace: trace
      ),
      keyStore: place.open(.keys, trace: trace),
      ring: ring,
      clock: clock,
      zones: .system,
      hasher: PasswordHasher(),
      passwords: passwords,
      courier: courier
    )
  }
}

/// The statements that acts ran.
final class StatementLog: Sendable {
  private let seen = Mutex<[String]>([])

  func note(_ statement: String) {
    // Asked once with each BEGIN, for the whole of a merged commit.
    guard statement != "PRAGMA data_version" else { return }
    seen.withLock { $0.append(statement) }
  }

  /// The statements of `body` alone; nothing else may run beside it.
  func during(_ body: () async throws -> Void) async rethrows -> [String] {
    seen.withLock { $0 = [] }
    try await body()
    return seen.withLock { $0 }
  }
}
