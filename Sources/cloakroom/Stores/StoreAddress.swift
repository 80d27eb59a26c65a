import StoragePostgres

/// Where businesses lie, as the operator writes it: `sqlite:PATH` or `postgres://user@host/database`.
enum StoreAddress: Equatable {
  case sqlite(String)
  case postgres(String)

  /// - Throws: a ``Complaint`` for anything else; it repeats nothing that could hold a password.
  init(_ text: String) throws {
    if text.hasPrefix("sqlite:"), text.count > 7 {
      self = .sqlite(String(text.dropFirst(7)))
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgres(text)
    } else {
      throw Complaint("A store is named sqlite:PATH or postgres://user@host/database.")
    }
  }

  /// The businesses there.
  ///
  /// - Parameters:
  ///   - keys: the address of the keys database; nil for the one that belongs to the store by default.
  ///   - connections: how many to PostgreSQL for each business and database; nil for as many as suit the machine.
  func businesses(keys: String?, connections: Int? = nil) throws -> any BusinessStores {
    switch self {
    case .sqlite(let path):
      guard keys == nil else {
        throw Complaint("A keys store goes with postgres:// alone: SQLite keeps its keys beside the data.")
      }
      guard connections == nil else { throw Complaint("--connections goes with postgres:// alone.") }
      return SQLiteBusinesses(path)
    case .postgres(let url):
      guard connections.map((2...64).contains) ?? true else {
        throw Complaint("--connections takes a number from 2 to 64.")
      }
      return try PostgresBusinesses(url, keys: keys, connections: connections)
    }
  }
}
