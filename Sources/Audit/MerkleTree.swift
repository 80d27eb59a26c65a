package import Vault

/// The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162 §2.1) over an array of leaf hashes.
package enum MerkleTree {
  /// SHA-256(0x00 ‖ entry).
  package static func leafHash(_ entry: [UInt8]) -> Hash32 { Hash32(of: 0x00, entry) }

  /// SHA-256(0x01 ‖ left ‖ right).
  package static func nodeHash(_ left: Hash32, _ right: Hash32) -> Hash32 { Hash32(of: 0x01, left, right) }

  /// The root of no leaves: SHA-256 of nothing.
  package static let emptyRoot = Hash32(of: [])

  package static func root(of leaves: some RandomAccessCollection<Hash32>) -> Hash32 {
    var frontier = MerkleFrontier()
    for leaf in leaves { frontier.append(leaf) }
    return frontier.root
  }

  /// The audit path from leaf `index` to the root, nearest first (RFC 6962 §2.1.1); nil when there is no such
  /// leaf.
  package static func inclusionProof(of index: Int, in leaves: [Hash32]) -> [Hash32]? {
    guard leaves.indices.contains(index) else { return nil }
    return path(index, leaves[...])
  }

  /// That the tree of the first `size` leaves is the beginning of the whole tree (RFC 6962 §2.1.2); nil when
  /// `size` is zero or beyond it.
  package static func consistencyProof(from size: Int, in leaves: [Hash32]) -> [Hash32]? {
    guard (1...leaves.count).contains(size) else { return nil }
    return subproof(size, leaves[...], isComplete: true)
  }

  /// Checks an audit path by RFC 9162 §2.1.3.2.
  package static func includes(
    _ leaf: Hash32,
    at index: Int,
    size: Int,
    proof: [Hash32],
    root: Hash32
  ) -> Bool {
    guard (0..<size).contains(index) else { return false }
    var position = index
    var last = size - 1
    var hash = leaf
    for sibling in proof {
      guard last != 0 else { return false }
      if position & 1 == 1 || position == last {
        hash = nodeHash(sibling, hash)
        while position & 1 == 0, position != 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        hash = nodeHash(hash, sibling)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// Checks a consistency proof by RFC 9162 §2.1.4.2.
  package static func isConsistent(
    from oldSize: Int,
    _ oldRoot: Hash32,
    to newSize: Int,
    _ newRoot: Hash32,
    proof: [Hash32]
  ) -> Bool {
    guard oldSize > 0, oldSize <= newSize else { return false }
    if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
    var path = proof[...]
    // An old tree whose size is a power of two is itself the first node of the path.
    if oldSize & (oldSize - 1) == 0 { path = [oldRoot] + path }
    guard let first = path.popFirst() else { return false }
    var position = oldSize - 1
    var last = newSize - 1
    while position & 1 == 1 {
      position >>= 1
      last >>= 1
    }
    var old = first
    var new = first
    for sibling in path {
      guard last != 0 else { return false }
      if position & 1 == 1 || position == last {
        old = nodeHash(sibling, old)
        new = nodeHash(sibling, new)
        while position & 1 == 0, position != 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        new = nodeHash(new, sibling)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && old == oldRoot && new == newRoot
  }

  private static func path(_ index: Int, _ leaves: ArraySlice<Hash32>) -> [Hash32] {
    guard leaves.count > 1 else { return [] }
    let (left, right) = split(leaves)
    if index < left.count { return path(index, left) + [root(of: right)] }
    return path(index - left.count, right) + [root(of: left)]
  }

  private static func subproof(_ size: Int, _ leaves: ArraySlice<Hash32>, isComplete: Bool) -> [Hash32] {
    if size == leaves.count { return isComplete ? [] : [root(of: leaves)] }
    let (left, right) = split(leaves)
    if size <= left.count { return subproof(size, left, isComplete: isComplete) + [root(of: right)] }
    return subproof(size - left.count, right, isComplete: false) + [root(of: left)]
  }

  /// At the largest power of two below the count.
  private static func split(_ leaves: ArraySlice<Hash32>) -> (ArraySlice<Hash32>, ArraySlice<Hash32>) {
    let half = 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
    return (leaves.prefix(half), leaves.dropFirst(half))
  }
}
