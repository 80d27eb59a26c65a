import Foundation
import Primitives
import Storage
import StoragePostgres

/// A schema in each of the two databases; the one of the data is marked as arriving until it is whole.
struct PostgresRoom: Room {
  let replaced: Bool
  private let stores: PostgresBusinesses
  private let namespace: String
  private let mark: String

  /// Makes both schemas with their tables, empty.
  init(for business: Slug, in stores: PostgresBusinesses) async throws {
    let namespace = stores.namespace(of: business)
    let mark = UUID().uuidString
    self.stores = stores
    self.namespace = namespace
    self.mark = mark
    replaced = try await onOwnThread {
      try PostgresRoom.make(namespace, mark, for: business, in: stores)
    }
    try await stores.openKeys(business).close()
    try await stores.openData(business, checkpoint: nil).close()
  }

  /// The mark stands before there is anything in the keys database, and goes after it: so whatever an interruption
  /// leaves is known for what it is.
  private static func make(
    _ namespace: String,
    _ mark: String,
    for business: Slug,
    in stores: PostgresBusinesses
  ) throws -> Bool {
    try complaining(namespace, business, stores) {
      try PostgresNamespaces(stores.data).makeArriving(namespace, mark: mark) { isLeftover in
        let keys = PostgresNamespaces(stores.keys)
        if isLeftover {
          try keys.drop(namespace)
        } else if try keys.list(prefix: namespace)[namespace] != nil {
          throw Complaint("\(stores.keys) holds keys of '\(business)' already; they are left alone.")
        }
      }
    }
  }

  private static func complaining<Answer>(
    _ namespace: String,
    _ business: Slug,
    _ stores: PostgresBusinesses,
    _ body: () throws -> Answer
  ) throws -> Answer {
    do {
      return try body()
    } catch let taken as PostgresNamespaceTaken {
      if taken.standing == .foreign {
        throw Complaint("\(stores.place) has a schema \(namespace) that is none of ours; it is left alone.")
      }
      throw Complaint(
        taken.standing == .here
          ? "\(stores.place) holds '\(business)' already; it is left alone."
          : "\(stores.place) still has what '\(business)' was before it was moved away. If nobody wants that any more, say in "
            + "both databases: DROP SCHEMA \(namespace) CASCADE; then move again."
      )
    } catch let complaint as PostgresComplaint {
      throw Complaint(complaint, about: stores.data)
    }
  }

  func open() throws -> WholeBusiness { try stores.openWhole(namespace: namespace) }

  func reveal() throws { try PostgresNamespaces(stores.data).reveal(namespace, mark: mark) }

  func discard() {
    try? PostgresNamespaces(stores.data).discardArriving(namespace, mark: mark) {
      try PostgresNamespaces(stores.keys).drop(namespace)
    }
  }
}

extension PostgresBusinesses {
  func openWhole(_ business: Slug) throws -> WholeBusiness {
    try openWhole(namespace: namespace(of: business))
  }

  func openWhole(namespace: String) throws -> WholeBusiness {
    WholeBusiness(
      keys: try PostgresWhole(keys, namespace: namespace),
      data: try PostgresWhole(data, namespace: namespace)
    )
  }

  func makeRoom(for business: Slug) async throws -> any Room {
    try await PostgresRoom(for: business, in: self)
  }

  func putAway(_ business: Slug) throws -> String {
    let namespace = namespace(of: business)
    try PostgresNamespaces(data).putAway(namespace)
    return """
      The old copy stays in the schema \(namespace) of both databases, where no server finds it; once it is no longer \
      wanted: DROP SCHEMA \(namespace) CASCADE
      """
  }
}
