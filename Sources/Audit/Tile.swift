/// One resource of a tiled log with its bytes: hashes of 32 bytes each, or entries with their lengths.
package struct Tile: Hashable, Sendable {
  package let name: TileName
  package let bytes: [UInt8]
}

/// Why a tree cannot be written as tiles.
package enum TileFault: Error, Hashable {
  /// An entry bundle gives the length in two bytes: 65,535 at most.
  case entryTooLong(sequence: Int)
}
