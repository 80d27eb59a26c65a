import Foundation

/// A CIDR block such as `10.0.0.0/8` or `::1/128`; an address alone is a block of one.
package struct Network: Sendable, Hashable {
  private let address: [UInt8]
  private let bits: Int

  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let bytes = Network.bytes(String(parts[0])) else { return nil }
    let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
    guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
    address = bytes
    self.bits = bits
  }

  func contains(_ other: String) -> Bool {
    guard let other = Network.bytes(other), other.count == address.count else { return false }
    for bit in 0..<bits {
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      if address[bit / 8] & mask != other[bit / 8] & mask { return false }
    }
    return true
  }

  /// Four or sixteen bytes; an IPv4 address mapped into IPv6 counts as IPv4.
  static func bytes(_ text: String) -> [UInt8]? {
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
    var sixteen = in6_addr()
    guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
    let bytes = withUnsafeBytes(of: &sixteen) { Array($0) }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    return Array(bytes[..<12]) == mapped ? Array(bytes[12...]) : bytes
  }
}
