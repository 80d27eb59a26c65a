import Audit
import Desk
import Foundation
import Outgoing
import Primitives
import Storage
import StorageSQLite
import Vault

/// One folder with everything but the root key: `businesses/<slug>/data.db` and `keys.db`.
struct DataFolder {
  let path: String

  init(_ path: String) { self.path = path }

  func businesses() throws -> [Slug] {
    guard FileManager.default.fileExists(atPath: path + "/businesses") else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path + "/businesses").compactMap { Slug($0) }
      .filter { FileManager.default.fileExists(atPath: folder(of: $0) + "/data.db") }
      .sorted()
  }

  func holds(_ business: Slug) -> Bool { (try? businesses().contains(business)) ?? false }

  /// The only business here, when none is named.
  func business(named name: String?) throws -> Slug {
    let all = try businesses()
    if let name {
      guard let slug = Slug(name), all.contains(slug) else {
        throw Complaint("There is no business '\(name)' in \(path).")
      }
      return slug
    }
    guard let only = all.first else {
      throw Complaint(
        "There is no business in \(path) yet. Make one with: cloakroom apply business.yaml --data \(path)"
      )
    }
    guard all.count == 1 else {
      throw Complaint(
        "There are several businesses in \(path): name one of \(all.map(\.text).joined(separator: ", "))."
      )
    }
    return only
  }

  /// Makes the folder of a new business, with its two databases and its own key.
  func create(_ business: Slug, root: RootKey, clock: any TimeSource) async throws {
    try FileManager.default.createDirectory(
      atPath: folder(of: business),
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let keys = try SQLiteStore(path: folder(of: business) + "/keys.db", schema: .keys, checkpoint: nil)
    let now = clock.now()
    let key = try KeyRing.create(business: business, root: root)
    try await keys.change { changes in
      if try changes.businessKey() == nil { try changes.add(key, at: now) }
    }
    try keys.close()
  }

  /// Opens one business; the root key is needed for the moment of opening only.
  func open(_ business: Slug, root: RootKey, address: String, services: SharedServices) async throws -> Desk {
    let keys = try SQLiteStore(path: folder(of: business) + "/keys.db", schema: .keys, checkpoint: nil)
    guard let wrapped = try await keys.read({ try $0.businessKey() }) else {
      throw Complaint("The key of '\(business)' is missing from \(folder(of: business))/keys.db.")
    }
    let ring: KeyRing
    do {
      ring = try KeyRing(business: business, wrapped: wrapped, root: root)
    } catch {
      throw Complaint("This root key does not open '\(business)'. Is it the right one?")
    }
    let data = try SQLiteStore(
      path: folder(of: business) + "/data.db",
      schema: .data,
      checkpoint: DataFolder.checkpointMaker(business, ring)
    )
    return try await Desk(
      business: business,
      address: address,
      store: data,
      keyStore: keys,
      ring: ring,
      clock: services.clock,
      zones: .system,
      hasher: services.hasher,
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

  func folder(of business: Slug) -> String { path + "/businesses/" + business.text }

  /// The origin line of a business's checkpoints.
  static func origin(of business: Slug) -> String { "cloakroom/" + business.text }

  static func checkpointMaker(_ business: Slug, _ ring: KeyRing) -> CheckpointMaker {
    let signer = ring.checkpointSigner
    return { frontier in
      let root = frontier.root
      let checkpoint = Checkpoint(origin: origin(of: business), size: frontier.size, root: root)
      return AuditHead(
        size: frontier.size,
        root: root.bytes,
        frontier: frontier.bytes,
        checkpoint: try checkpoint.signed(by: signer)
      )
    }
  }
}

/// What all businesses of a process share.
struct SharedServices {
  let clock: any TimeSource
  let hasher = PasswordHasher()
  let courier = Courier()

  init(clock: any TimeSource = SystemClock()) { self.clock = clock }
}
