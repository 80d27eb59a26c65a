import FoundationEssentials
import Synchronization

/// The zones of one tzdata folder, each read once.
///
/// A zone stays as it was read until the process ends; a tzdata update takes effect at the next start.
package final class ZoneLibrary: Sendable {
  private let folder: String
  private let zones = Mutex<[String: Zone]>([:])

  /// Names for a zone picker, sorted: those of `zone.tab`, which lists every country's own (`zone1970.tab`
  /// leaves out Oslo and Amsterdam), and `UTC`. Other names, such as a browser's `Asia/Calcutta`, open all
  /// the same.
  package let names: [String]

  /// The zones of this machine.
  package static let system = ZoneLibrary()

  package init(folder: String = "/usr/share/zoneinfo") {
    self.folder = folder
    names = Self.names(in: folder)
  }

  /// - Throws: what ``Zone/init(named:in:)`` throws. Failures are not remembered, so unknown names cost no
  ///   memory.
  package func zone(named name: String) throws(ZoneFault) -> Zone {
    if let known = zones.withLock({ $0[name] }) { return known }
    let zone = try Zone(named: name, in: folder)
    return zones.withLock { zones in
      if let first = zones[name] { return first }
      zones[name] = zone
      return zone
    }
  }

  private static func names(in folder: String) -> [String] {
    let content = ["zone.tab", "zone1970.tab"].lazy.compactMap {
      FileManager.default.contents(atPath: folder + "/" + $0)
    }.first
    var names: Set<String> = ["UTC"]
    for line in (content ?? Data()).split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
      let columns = line.split(separator: 0x09, omittingEmptySubsequences: false)
      if columns.count >= 3 { names.insert(String(decoding: columns[2], as: UTF8.self)) }
    }
    return names.sorted()
  }
}
