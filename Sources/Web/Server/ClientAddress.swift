import HTTPTypes
import Hummingbird

/// Who is at the other end, for the limits. `X-Forwarded-For` counts only when the connection itself comes from a proxy
/// the configuration names (V37), and then only its last entry that no such proxy wrote.
enum ClientAddress {
  static func network(of request: Request, peer: String, trusting proxies: [Network]) -> String {
    var address = peer
    if !proxies.isEmpty, isTrusted(peer, proxies), let name = HTTPField.Name("X-Forwarded-For") {
      let hops = request.headers[values: name].joined(separator: ",").split(separator: ",")
      for hop in hops.reversed() {
        let candidate = hop.trimmingSpaces
        guard Network.bytes(candidate) != nil else { break }
        address = candidate
        if !isTrusted(candidate, proxies) { break }
      }
    }
    return prefix(of: address)
  }

  private static func isTrusted(_ address: String, _ proxies: [Network]) -> Bool {
    proxies.contains { $0.contains(address) }
  }

  /// An IPv4 address whole, an IPv6 address by its /64: what one household or phone has.
  private static func prefix(of address: String) -> String {
    guard let bytes = Network.bytes(address), bytes.count == 16 else { return address }
    return bytes[..<8].map { String($0, radix: 16) }.joined(separator: ".") + "/64"
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
