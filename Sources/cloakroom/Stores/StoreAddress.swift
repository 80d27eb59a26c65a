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
  /// - Parameter keys: the address of the keys database; nil for the one that belongs to the store by default.
  func businesses(keys: String?) throws -> any BusinessStores {
    switch self {
    case .sqlite(let path):
      guard keys == nil else {
        throw Complaint("A keys store goes with postgres:// alone: SQLite keeps its keys beside the data.")
      }
      return SQLiteBusinesses(path)
    case .postgres(let url):
      return try PostgresBusinesses(url, keys: keys)
    }
  }
}
