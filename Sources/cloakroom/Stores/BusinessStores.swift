import Audit
import Desk
import Primitives
import Storage
import Vault

/// The businesses of one installation, each with its two databases; one implementation for each engine.
protocol BusinessStores: MovingPlaces {
  /// The place in the operator's words, without a password.
  var place: String { get }

  /// The folder whose copies would hold the data; nil when it lies in none of this machine's.
  var folder: String? { get }

  /// Those that exist and are whole, in order.
  func businesses() async throws -> [Slug]

  /// Whether something of a business is here that moved away, or did not arrive whole.
  func holdsRemains() async throws -> Bool

  /// Makes the place of a new business ready for ``openKeys(_:)`` and ``openData(_:checkpoint:)``.
  func prepare(_ business: Slug) async throws

  func openKeys(_ business: Slug) async throws -> any Store

  /// - Parameter checkpoint: signs the head of the audit tree; nil for readers.
  func openData(_ business: Slug, checkpoint: CheckpointMaker?) async throws -> any Store

  /// Runs `body` while no other process founds a business in this store; others wait.
  func aloneFounding<Answer: Sendable>(
    _ body: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer
}

extension BusinessStores {
  func holds(_ business: Slug) async throws -> Bool { try await businesses().contains(business) }

  /// The business named, or the only one here when none is named.
  func business(named name: String?) async throws -> Slug {
    let all = try await businesses()
    if let name {
      guard let slug = Slug(name), all.contains(slug) else {
        throw Complaint("There is no business '\(name)' in \(place).")
      }
      return slug
    }
    guard let only = all.first else {
      throw Complaint("There is no business in \(place) yet. Make one with: cloakroom apply business.yaml")
    }
    guard all.count == 1 else {
      throw Complaint(
        "There are several businesses in \(place): name one of \(all.map(\.text).joined(separator: ", "))."
      )
    }
    return only
  }

  /// Makes a new business with a key of its own; one that was half made is finished.
  func create(_ business: Slug, root: RootKey, clock: any TimeSource) async throws {
    try await prepare(business)
    let keys = try await openKeys(business)
    let now = clock.now()
    let key = try KeyRing.create(business: business, root: root)
    try await keys.change { changes in
      try changes.hold([.newRules])
      if try changes.businessKey() == nil { try changes.add(key, at: now) }
    }
    try keys.close()
  }

  /// The opened keys of a business, from its keys database.
  func ring(of business: Slug, in keys: any Store, root: RootKey) async throws -> KeyRing {
    try ring(of: business, wrapped: try await keys.read { try $0.businessKey() }, root: root)
  }

  func ring(of business: Slug, wrapped: WrappedBusinessKey?, root: RootKey) throws -> KeyRing {
    guard let wrapped else { throw Complaint("The key of '\(business)' is missing from \(place).") }
    do {
      return try KeyRing(business: business, wrapped: wrapped, root: root)
    } catch {
      throw Complaint("This root key does not open '\(business)'. Is it the right one?")
    }
  }

  /// Opens one business; the root key is needed for the moment of opening only.
  ///
  /// - Throws: a ``Complaint`` for a business that was moved away: two that are served would go apart.
  func open(_ business: Slug, root: RootKey, address: String, services: SharedServices) async throws -> Desk {
    guard try await !hasEnded(business) else {
      throw Complaint(
        "'\(business)' was moved away from \(place) and takes no more changes. If that move was interrupted, run it again."
      )
    }
    let keys = try await openKeys(business)
    let ring = try await ring(of: business, in: keys, root: root)
    return try await Desk(
      business: business,
      address: address,
      store: try await openData(business, checkpoint: ring.checkpointMaker),
      keyStore: keys,
      ring: ring,
      clock: services.clock,
      zones: .system,
      hasher: services.hasher,
      passwords: services.passwords,
      courier: services.courier
    )
  }

  /// Opens a business, does something and closes it, whatever happens.
  func with<Answer>(
    _ business: Slug,
    root: RootKey,
    address: String,
    services: SharedServices,
    _ body: (Desk) async throws -> Answer
  ) async throws -> Answer {
    let desk = try await open(business, root: root, address: address, services: services)
    do {
      let answer = try await body(desk)
      try await desk.close()
      return answer
    } catch {
      try await desk.close()
      throw error
    }
  }
}

extension KeyRing {
  /// The origin line of this business's checkpoints.
  var origin: String { "cloakroom/" + business.text }

  /// Signs the heads of this business's audit tree.
  var checkpointMaker: CheckpointMaker {
    let (signer, origin) = (checkpointSigner, origin)
    return { try AuditHead(of: $0, origin: origin, signer: signer) }
  }

  /// Checks them; public, best noted early.
  var verificationKey: VerificationKey {
    get throws {
      guard let key = checkpointSigner.verificationKey(name: origin) else {
        throw Complaint("'\(business)' cannot name a checkpoint.")
      }
      return key
    }
  }
}
