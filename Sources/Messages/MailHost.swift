/// The host of a web address, in the form a Message-ID and a calendar UID can carry (RFC 5322 §3.6.4).
package struct MailHost: Hashable, Sendable {
  /// Lower case; an IPv6 address stays in its brackets.
  package let text: String

  /// Reads the host out of an absolute `http` or `https` address, without user, port, path and fragment.
  ///
  /// Refuses (nil) hosts outside ASCII: the `xn--` form has to be configured.
  package init?(url: String) {
    guard let scheme = ["https://", "http://"].first(where: { url.hasPrefix($0) }) else { return nil }
    let authority = url.utf8.dropFirst(scheme.utf8.count).prefix { !"/?#\\".utf8.contains($0) }
    let host = authority.last == UInt8(ascii: "]") ? Substring(authority) : Self.withoutPort(authority)
    guard !host.utf8.contains(UInt8(ascii: "@")), (1...253).contains(host.utf8.count) else { return nil }
    let isLiteral = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 4
    let name = isLiteral ? host.dropFirst().dropLast() : host
    let allowed = isLiteral ? "0123456789abcdef:." : "abcdefghijklmnopqrstuvwxyz0123456789-_."
    let lower = name.lowercased()
    guard lower.utf8.allSatisfy(allowed.utf8.contains) else { return nil }
    if !isLiteral {
      let labels = lower.split(separator: ".", omittingEmptySubsequences: false)
      guard labels.allSatisfy({ !$0.isEmpty }) else { return nil }
    }
    text = isLiteral ? "[" + lower + "]" : lower
  }

  private static func withoutPort(_ authority: Substring.UTF8View) -> Substring {
    guard let colon = authority.lastIndex(of: UInt8(ascii: ":")) else { return Substring(authority) }
    return Substring(authority[..<colon])
  }
}
