import CSodium

/// Compares secrets without telling by time where they differ; different lengths are told at once.
package func constantTimeEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
  guard one.count == other.count else { return false }
  return one.withUnsafeBytes { one in
    other.withUnsafeBytes { other in
      guard let left = one.baseAddress, let right = other.baseAddress else { return true }
      return sodium_memcmp(left, right, one.count) == 0
    }
  }
}
