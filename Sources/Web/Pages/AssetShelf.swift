import Foundation
import NIOCore

/// Style sheets, modules and images, each under an address that names its content, so that it may be cached
/// for ever.
struct AssetShelf: Sendable {
  private var assets: [String: Asset] = [:]
  private var addresses: [String: String] = [:]

  /// All of `css/` becomes one sheet in the order of the file names; `js/` and `img/` are taken file by file.
  init(folder: URL) throws {
    var sheet: [UInt8] = []
    for file in try AssetShelf.files(in: folder.appending(path: "css"), "css") {
      sheet += try Data(contentsOf: file)
    }
    add("app", "css", sheet, "text/css; charset=utf-8")
    for file in try AssetShelf.files(in: folder.appending(path: "js"), "js") {
      add(AssetShelf.stem(file), "js", Array(try Data(contentsOf: file)), "text/javascript; charset=utf-8")
    }
    for file in try AssetShelf.files(in: folder.appending(path: "img"), "svg") {
      add(AssetShelf.stem(file), "svg", Array(try Data(contentsOf: file)), "image/svg+xml")
    }
  }

  subscript(_ name: String) -> Asset? { assets[name] }

  /// - Throws: ``AssetFault`` when there is none.
  func address(_ plainName: String) throws -> String {
    guard let address = addresses[plainName] else { throw AssetFault(name: plainName) }
    return address
  }

  private mutating func add(_ stem: String, _ kind: String, _ bytes: [UInt8], _ type: String) {
    let name = "\(stem)-\(AssetShelf.fingerprint(bytes)).\(kind)"
    assets[name] = Asset(bytes: ByteBuffer(bytes: bytes), contentType: type)
    addresses["\(stem).\(kind)"] = "/assets/" + name
  }

  private static func files(in folder: URL, _ kind: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == kind }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  private static func stem(_ file: URL) -> String { file.deletingPathExtension().lastPathComponent }

  /// FNV-1a, 64 bits: tells versions of our own files apart; nothing secret hangs on it.
  private static func fingerprint(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }
}

struct Asset: Sendable {
  let bytes: ByteBuffer
  let contentType: String
}

struct AssetFault: Error, CustomStringConvertible {
  let name: String
  var description: String { "there is no asset \(name)" }
}
