package import Vault

/// All that must be kept of a growing tree to append to it: its size and the roots of its complete subtrees.
///
/// One hash for each set bit of the size, the largest subtree first; at most 63. Appending costs one or two
/// hashes on average.
package struct MerkleFrontier: Hashable, Sendable {
  package private(set) var size: Int = 0
  package private(set) var hashes: [Hash32] = []

  package init() {}

  package mutating func append(_ leaf: Hash32) {
    var hash = leaf
    var rest = size
    while rest & 1 == 1, let left = hashes.popLast() {
      hash = MerkleTree.nodeHash(left, hash)
      rest >>= 1
    }
    hashes.append(hash)
    size += 1
  }

  package mutating func append(entry: [UInt8]) { append(MerkleTree.leafHash(entry)) }

  package var root: Hash32 {
    guard var hash = hashes.last else { return MerkleTree.emptyRoot }
    for left in hashes.dropLast().reversed() { hash = MerkleTree.nodeHash(left, hash) }
    return hash
  }

  /// Eight bytes of size, big-endian, then the hashes.
  package var bytes: [UInt8] {
    var bytes = withUnsafeBytes(of: UInt64(size).bigEndian) { Array($0) }
    bytes.reserveCapacity(8 + 32 * hashes.count)
    for hash in hashes { bytes.append(contentsOf: hash.bytes) }
    return bytes
  }

  /// Refuses (nil) a length that does not fit the size.
  package init?(bytes: [UInt8]) {
    guard bytes.count >= 8, bytes[0] < 0x80 else { return nil }
    let size = bytes[..<8].reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count == 8 + 32 * size.nonzeroBitCount else { return nil }
    for start in stride(from: 8, to: bytes.count, by: 32) {
      guard let hash = Hash32(bytes: bytes[start..<start + 32]) else { return nil }
      hashes.append(hash)
    }
    self.size = size
  }
}
