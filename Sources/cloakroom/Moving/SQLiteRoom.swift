import Foundation
import Primitives
import Storage
import StorageSQLite

/// A folder beside those of the businesses, whose name is no business's; it becomes one by being renamed.
struct SQLiteRoom: Room {
  let replaced: Bool
  private let folder: String
  private let home: String
  private let businesses: String

  /// Makes both databases with their schema, empty.
  init(for business: Slug, in stores: SQLiteBusinesses) throws {
    businesses = stores.path + "/businesses"
    home = stores.folder(of: business)
    guard !FileManager.default.fileExists(atPath: home) else {
      throw Complaint("\(stores.place) holds '\(business)' already; it is left alone.")
    }
    let prefix = ".moving-\(business)@"
    let earlier =
      try FileManager.default.fileExists(atPath: businesses)
      ? FileManager.default.contentsOfDirectory(atPath: businesses).filter { $0.hasPrefix(prefix) } : []
    for name in earlier { try FileManager.default.removeItem(atPath: businesses + "/" + name) }
    replaced = !earlier.isEmpty
    folder = businesses + "/" + prefix + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    try SQLiteStore(path: folder + "/keys.db", schema: .keys, checkpoint: nil).close()
    try SQLiteStore(path: folder + "/data.db", schema: .data, checkpoint: nil).close()
  }

  func open() throws -> WholeBusiness {
    WholeBusiness(
      keys: try SQLiteWhole(path: folder + "/keys.db"),
      data: try SQLiteWhole(path: folder + "/data.db")
    )
  }

  /// - Throws: a ``Complaint`` when the folder is gone or its place is taken.
  func reveal() throws {
    try syncFolder(folder)
    guard rename(folder, home) == 0 else {
      throw Complaint("\(folder) cannot become \(home): \(String(cString: strerror(errno))).")
    }
    try syncFolder(businesses)
  }

  func discard() { try? FileManager.default.removeItem(atPath: folder) }
}

extension SQLiteBusinesses {
  func hasEnded(_ business: Slug) throws -> Bool {
    guard FileManager.default.fileExists(atPath: file("data", of: business)) else { return false }
    let data = try SQLiteWhole(path: file("data", of: business))
    defer { data.close() }
    return try data.hasEnded()
  }

  func openWhole(_ business: Slug) throws -> WholeBusiness {
    WholeBusiness(
      keys: try SQLiteWhole(path: file("keys", of: business)),
      data: try SQLiteWhole(path: file("data", of: business))
    )
  }

  func makeRoom(for business: Slug) throws -> any Room { try SQLiteRoom(for: business, in: self) }

  func putAway(_ business: Slug) throws -> String {
    let moved = path + "/moved"
    try FileManager.default.createDirectory(
      atPath: moved,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withFullDate, .withTime, .withTimeZone]
    let old = moved + "/\(business)-\(formatter.string(from: Date()))"
    guard rename(folder(of: business), old) == 0 else {
      throw Complaint("\(folder(of: business)) cannot be put away: \(String(cString: strerror(errno))).")
    }
    try syncFolder(moved)
    try syncFolder(path + "/businesses")
    return "The old databases lie in \(old); no server finds them there."
  }
}

/// Makes what was renamed in a folder durable.
private func syncFolder(_ path: String) throws {
  let folder = Foundation.open(path, O_RDONLY | O_DIRECTORY)
  guard folder >= 0 else { throw Complaint("\(path) cannot be opened: \(String(cString: strerror(errno))).") }
  defer { close(folder) }
  guard fsync(folder) == 0 else {
    throw Complaint("\(path) cannot be synced: \(String(cString: strerror(errno))).")
  }
}
