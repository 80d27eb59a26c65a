import HTTPTypes
import Primitives

/// A page of this business's staff that somebody may be led back to: one of the table's, never an address elsewhere.
struct OwnPath: Sendable, Hashable {
  private static let longest = 500

  /// With its query, as it stands in the address.
  let text: String

  /// Refuses (nil) what is no path of these pages, whatever it looks like to a browser: another host, a scheme,
  /// backslashes, escapes or dots in the path.
  ///
  /// - Parameter method: what the path must take.
  init?(_ text: String, of business: Slug, taking method: HTTPRequest.Method = .get) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard
      text.utf8.count <= OwnPath.longest,
      parts[0].hasPrefix("/staff/\(business)/"),
      parts[0].utf8.allSatisfy(OwnPath.isPathByte),
      !parts[0].contains("//"),
      parts.count == 1 || parts[1].utf8.allSatisfy(OwnPath.isQueryByte),
      Routes.at(String(parts[0])).contains(where: { $0.method == method && $0.kind == .page })
    else { return nil }
    self.text = text
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "/"): true
    default: false
    }
  }

  /// RFC 3986 §3.4, without what has no place in our own queries.
  private static func isQueryByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~%=&+:,/".utf8.contains(byte)
    }
  }
}
