import Vault

/// The site that passkeys are made for (WebAuthn §4 "Relying Party").
package struct RelyingParty: Hashable, Sendable {
  /// The RP ID: the host, in lower case. A passkey made for it is of no use anywhere else.
  package let id: String
  /// What a browser names as the origin of a page there: scheme, host, and the port where it is not the usual
  /// one.
  package let origin: String

  /// From the address that the server is told to serve, such as `https://book.example.com`.
  ///
  /// Nil where browsers make no passkeys: for IP addresses, for `http` anywhere but on `localhost`, for hosts
  /// not spelled in ASCII (`xn--…` is), and for addresses with a path, a query or a user's name.
  package init?(address: String) {
    guard address.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let text = address.lowercased()
    let scheme = text.hasPrefix("https://") ? "https" : "http"
    guard text.hasPrefix(scheme + "://") else { return nil }
    var rest = text.dropFirst(scheme.count + 3)
    if rest.hasSuffix("/") { rest.removeLast() }
    let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let host = parts.first, RelyingParty.isDomain(host) else { return nil }
    guard scheme == "https" || host == "localhost" || host.hasSuffix(".localhost") else { return nil }

    var origin = "\(scheme)://\(host)"
    if parts.count == 2 {
      guard let port = UInt16(parts[1]), port > 0, !parts[1].hasPrefix("+") else { return nil }
      if port != (scheme == "https" ? 443 : 80) { origin += ":\(port)" }
    }
    id = String(host)
    self.origin = origin
  }

  /// What authenticators sign in place of the id.
  var idHash: [UInt8] { Hash32(of: Array(id.utf8)).bytes }

  /// Labels of RFC 1123 §2.1, of which the last is no number: that would be an IPv4 address (WHATWG URL
  /// §3.5).
  private static func isDomain(_ host: Substring) -> Bool {
    let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard host.utf8.count <= 253, let last = labels.last, let first = last.first else { return false }
    let areLabels = labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
    return areLabels && !isDigit(first)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7A).contains(byte) }
}
