import Vault

/// Cuts a tree into tiles while its entries go by, as C2SP tlog-tiles has them.
///
/// Feed it every entry from the first on; each full tile comes out once, with the entry that fills it, a bundle of
/// entries before the hashes over it and lower levels before higher ones. It keeps the unfinished tile of each level and
/// the unfinished bundle, so that any number of entries will do.
package struct TileCutter: Sendable {
  /// Entries taken so far.
  package private(set) var size = 0
  private var bundle: [UInt8] = []
  /// Hashes of the unfinished tile of each level; at most 255 each.
  private var levels: [[Hash32]] = []

  package init() {}

  /// Takes the next entry.
  ///
  /// - Returns: the tiles that are now full; mostly none.
  /// - Throws: ``TileFault/entryTooLong(sequence:)``, and the entry was not taken.
  package mutating func append(entry: [UInt8]) throws(TileFault) -> [Tile] {
    guard let length = UInt16(exactly: entry.count) else { throw .entryTooLong(sequence: size) }
    bundle.append(UInt8(length >> 8))
    bundle.append(UInt8(length & 0xFF))
    bundle.append(contentsOf: entry)
    size += 1
    return take(MerkleTree.leafHash(entry))
  }

  /// The partial tiles of the tree as it stands: one of each level that has hashes left over.
  package var partialTiles: [Tile] {
    var tiles: [Tile] = []
    if let hashes = levels.first, !hashes.isEmpty {
      tiles.append(Tile(name: name(.entries, width: hashes.count), bytes: bundle))
    }
    for (level, hashes) in levels.enumerated() where !hashes.isEmpty {
      tiles.append(tile(of: hashes, level: level))
    }
    return tiles
  }

  private mutating func take(_ leaf: Hash32) -> [Tile] {
    var full: [Tile] = []
    var hash = leaf
    for level in 0... {
      if levels.count == level { levels.append([]) }
      levels[level].append(hash)
      guard levels[level].count == TileName.fullWidth else { break }
      if level == 0 {
        full.append(Tile(name: name(.entries, width: TileName.fullWidth), bytes: bundle))
        bundle.removeAll(keepingCapacity: true)
      }
      full.append(tile(of: levels[level], level: level))
      // The hash of a full tile's subtree is the tree hash over its own hashes (RFC 6962 §2.1).
      hash = MerkleTree.root(of: levels[level])
      levels[level].removeAll(keepingCapacity: true)
    }
    return full
  }

  private func tile(of hashes: [Hash32], level: Int) -> Tile {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 * hashes.count)
    for hash in hashes { bytes.append(contentsOf: hash.bytes) }
    return Tile(name: name(.hashes(level: level), width: hashes.count), bytes: bytes)
  }

  /// The name of the tile of that level which the newest entry is in.
  private func name(_ kind: TileName.Kind, width: Int) -> TileName {
    let level = if case .hashes(let level) = kind { level } else { 0 }
    // Complete subtrees of this level before the tile's first one, by the tile's width.
    let complete = size >> (8 * level)
    return TileName(kind: kind, index: (complete - width) / TileName.fullWidth, width: width)
  }
}
