import Primitives
import Storage
import StoragePostgres

/// Two PostgreSQL databases, one for what businesses hold and one for their keys, with a schema for each business in both.
struct PostgresBusinesses: BusinessStores {
  let data: PostgresAddress
  let keys: PostgresAddress
  private let connections: Int
  private let list: BusinessList

  /// - Throws: a ``Complaint`` for an address that is none or is not safe; it says no password.
  init(_ url: String, keys keysURL: String?, connections: Int? = nil) throws {
    self.connections = connections ?? PostgresStore.usualConnections
    data = try PostgresBusinesses.address(url, "--store")
    keys = try keysURL.map { try PostgresBusinesses.address($0, "--keys-store") } ?? data.keys()
    guard data != keys else {
      throw Complaint(
        "The keys must lie in another database than the data: backups of the two are kept apart."
      )
    }
    list = BusinessList(PostgresNamespaces(data))
  }

  private static func address(_ url: String, _ flag: String) throws -> PostgresAddress {
    do {
      return try PostgresAddress(url)
    } catch {
      throw Complaint("\(flag): \(error)")
    }
  }

  var place: String { data.description }
  var folder: String? { nil }

  func businesses() async throws -> [Slug] {
    try await standings().filter { $0.value == .here || $0.value == .ended }.keys.sorted()
  }

  func holdsRemains() async throws -> Bool {
    try await standings().values.contains { $0 == .away || $0 == .arriving }
  }

  func hasEnded(_ business: Slug) async throws -> Bool { try await standings()[business] == .ended }

  func standings() async throws -> [Slug: PostgresNamespaces.Standing] {
    try await explaining(data) { try await list.standings() }
  }

  func prepare(_ business: Slug) async throws {
    await list.forget()
    guard let standing = try await standings()[business], standing != .here, standing != .foreign else {
      return
    }
    throw Complaint(
      standing == .arriving
        ? "'\(business)' is being moved to \(place), or a move there was interrupted: let 'cloakroom move' finish."
        : "'\(business)' was moved away from \(place)."
    )
  }

  func openKeys(_ business: Slug) async throws -> any Store {
    try await explaining(keys) {
      try await PostgresStore(
        keys,
        namespace: namespace(of: business),
        schema: .keys,
        checkpoint: nil,
        connections: connections
      )
    }
  }

  func openData(_ business: Slug, checkpoint: CheckpointMaker?) async throws -> any Store {
    try await explaining(data) {
      let store = try await PostgresStore(
        data,
        namespace: namespace(of: business),
        schema: .data,
        checkpoint: checkpoint,
        connections: connections
      )
      await list.forget()
      return store
    }
  }

  func aloneFounding<Answer: Sendable>(
    _ body: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer {
    let data = data
    let lock = try await explaining(data) {
      try await onOwnThread { try PostgresDatabaseLock(data, name: "cloakroom founding") }
    }
    defer { withExtendedLifetime(lock) {} }
    await list.forget()
    return try await body()
  }

  /// The schema of a business, in both databases.
  func namespace(of business: Slug) -> String {
    BusinessList.prefix + business.text.replacing("-", with: "_")
  }
}

/// The businesses of one database, asked for at most once a second: strangers' requests for names that nobody has must not
/// become connections.
actor BusinessList {
  static let prefix = "business_"

  private let namespaces: PostgresNamespaces
  private var known: (standings: [Slug: PostgresNamespaces.Standing], at: ContinuousClock.Instant)?
  private var asking: Task<[Slug: PostgresNamespaces.Standing], any Error>?

  init(_ namespaces: PostgresNamespaces) { self.namespaces = namespaces }

  func standings() async throws -> [Slug: PostgresNamespaces.Standing] {
    if let known, known.at.duration(to: .now) < .seconds(1) { return known.standings }
    if let asking { return try await asking.value }
    let namespaces = namespaces
    let task = Task.detached {
      let found = try await onOwnThread { try namespaces.list(prefix: BusinessList.prefix) }
      return Dictionary(
        uniqueKeysWithValues: found.compactMap { name, standing in
          Slug(name.dropFirst(BusinessList.prefix.count).replacing("_", with: "-")).map { ($0, standing) }
        }
      )
    }
    asking = task
    defer { asking = nil }
    let standings = try await task.value
    known = (standings, .now)
    return standings
  }

  /// What was known is older than what was just done.
  func forget() { known = nil }
}
