import Testing
import Vault

@testable import Audit

struct TileTests {
  @Test(arguments: [
    (0, 256, "tile/0/000"), (7, 1, "tile/0/007.p/1"), (999, 256, "tile/0/999"),
    (1_000, 255, "tile/0/x001/000.p/255"), (1_234_067, 256, "tile/0/x001/x234/067"),
  ])
  func `a tile lies where the specification puts it`(_ index: Int, _ width: Int, _ path: String) {
    #expect(TileName(kind: .hashes(level: 0), index: index, width: width).path == path)
  }

  @Test func `70,000 entries give the tiles that the specification counts`() throws {
    let tiles = try cut((0..<70_000).map { _ in [] })
    func widths(_ kind: TileName.Kind) -> [Int] { tiles.filter { $0.name.kind == kind }.map(\.name.width) }
    #expect(widths(.hashes(level: 0)) == Array(repeating: 256, count: 273) + [112])
    #expect(widths(.entries) == widths(.hashes(level: 0)))
    #expect(widths(.hashes(level: 1)) == [256, 17])
    #expect(widths(.hashes(level: 2)) == [1])
    #expect(Set(tiles.map(\.name.path)).count == tiles.count)
  }

  @Test func `256 entries are one full tile and one hash above it`() throws {
    let paths = try cut((0..<256).map { [UInt8($0)] }).map(\.name.path)
    #expect(paths == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
  }

  @Test(arguments: [0, 1, 2, 7, 255, 256, 257, 511, 512, 1_000, 65_535, 65_536, 66_000])
  func `every hash of every tile is the tree hash over its own entries`(_ size: Int) throws {
    let entries = (0..<size).map { Array("entry \($0)".utf8) }
    let leaves = entries.map(MerkleTree.leafHash)
    var covered = 0
    for tile in try cut(entries) {
      switch tile.name.kind {
      case .entries:
        var bytes: [UInt8] = []
        for entry in entries[(256 * tile.name.index)...].prefix(tile.name.width) {
          bytes += [UInt8(entry.count >> 8), UInt8(entry.count & 0xFF)] + entry
        }
        #expect(tile.bytes == bytes)
        covered += tile.name.width
      case .hashes(let level):
        let span = 1 << (8 * level)
        let hashes = (0..<tile.name.width).map { position in
          let start = (256 * tile.name.index + position) * span
          return MerkleTree.root(of: leaves[start..<start + span])
        }
        #expect(tile.bytes == hashes.flatMap(\.bytes), "\(tile.name.path) of \(size)")
      }
    }
    #expect(covered == size)
  }

  @Test func `the eight leaves of the reference tests are one tile whose root is theirs`() throws {
    let leaves = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map { bytes($0) }
    let tile = try #require(try cut(leaves).last)
    #expect(tile.name.path == "tile/0/000.p/8")
    let hashes = stride(from: 0, to: 256, by: 32).compactMap { Hash32(bytes: tile.bytes[$0..<$0 + 32]) }
    #expect(
      "\(MerkleTree.root(of: hashes))" == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )
  }

  @Test func `a tree that grows gives each full tile once and partial tiles that only get longer`() throws {
    var cutter = TileCutter()
    var full: Set<String> = []
    var before: [Tile] = []
    for number in 0..<600 {
      for tile in try cutter.append(entry: [UInt8(number & 0xFF)]) {
        #expect(full.insert(tile.name.path).inserted)
        if let part = before.first(where: { $0.name.kind == tile.name.kind }) {
          #expect(tile.bytes.starts(with: part.bytes) && part.name.index == tile.name.index)
        }
      }
      before = cutter.partialTiles
    }
    #expect(full == ["tile/entries/000", "tile/0/000", "tile/entries/001", "tile/0/001"])
  }

  @Test func `an entry too long for a bundle is refused, and the tree goes on without it`() throws {
    var cutter = TileCutter()
    _ = try cutter.append(entry: [1])
    #expect(throws: TileFault.entryTooLong(sequence: 1)) {
      try cutter.append(entry: [UInt8](repeating: 0, count: 65_536))
    }
    _ = try cutter.append(entry: [UInt8](repeating: 0, count: 65_535))
    #expect(cutter.size == 2)
    #expect(cutter.partialTiles.map(\.bytes.count) == [3 + 65_537, 64])
  }
}

/// All tiles of a tree of these entries, the partial ones last.
func cut(_ entries: [[UInt8]]) throws -> [Tile] {
  var cutter = TileCutter()
  var tiles: [Tile] = []
  for entry in entries { tiles += try cutter.append(entry: entry) }
  return tiles + cutter.partialTiles
}
