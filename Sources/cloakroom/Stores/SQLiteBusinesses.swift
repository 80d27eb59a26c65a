import Foundation
import Primitives
import Storage
import StorageSQLite

/// One folder with everything but the root key: `businesses/<slug>/data.db` and `keys.db`.
struct SQLiteBusinesses: BusinessStores {
  let path: String

  init(_ path: String) { self.path = path }

  var place: String { path }
  var folder: String? { path }

  func businesses() throws -> [Slug] {
    guard FileManager.default.fileExists(atPath: path + "/businesses") else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: path + "/businesses").compactMap { Slug($0) }
      .filter { FileManager.default.fileExists(atPath: file("data", of: $0)) }
      .sorted()
  }

  /// What moved away stays among the businesses and refuses to be opened.
  func holdsRemains() -> Bool { false }

  func prepare(_ business: Slug) throws {
    try FileManager.default.createDirectory(
      atPath: folder(of: business),
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }

  func openKeys(_ business: Slug) throws -> any Store {
    try SQLiteStore(path: file("keys", of: business), schema: .keys, checkpoint: nil)
  }

  func openData(_ business: Slug, checkpoint: CheckpointMaker?) throws -> any Store {
    try SQLiteStore(path: file("data", of: business), schema: .data, checkpoint: checkpoint)
  }

  func aloneFounding<Answer: Sendable>(
    _ body: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer {
    try FileManager.default.createDirectory(
      atPath: path,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let lock = try await FileLock(path + "/set-up.lock")
    defer { lock.release() }
    return try await body()
  }

  func folder(of business: Slug) -> String { path + "/businesses/" + business.text }

  func file(_ name: String, of business: Slug) -> String { folder(of: business) + "/\(name).db" }
}
