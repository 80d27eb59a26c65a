import Vault

/// Common and breached passwords, each as the first five bytes of the SHA-256 of its folded text.
///
/// Looked up in the file's own bytes by bisection. One password in ten million that is not in it is taken to be.
///
/// - SeeAlso: `docs/formats/blocklist.md`; `scripts/blocklist.py` makes the file.
package struct Blocklist: Sendable {
  private static let magic = Array("CLKBLK01".utf8)
  private static let header = magic.count + 4
  private static let entry = 5

  private let bytes: [UInt8]
  package let count: Int

  /// Takes the file's bytes.
  ///
  /// - Throws: ``BlocklistFault/damaged`` when they are cut off, not in the format or not in order.
  package init(bytes: [UInt8]) throws(BlocklistFault) {
    guard bytes.count >= Blocklist.header, bytes.starts(with: Blocklist.magic) else { throw .damaged }
    count = bytes[Blocklist.magic.count..<Blocklist.header].reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count == Blocklist.header + count * Blocklist.entry else { throw .damaged }
    self.bytes = bytes
    for index in 0..<max(0, count - 1) where key(index) >= key(index + 1) { throw .damaged }
  }

  /// - Parameter word: folded.
  func contains(_ word: [Character]) -> Bool {
    let digest = Hash32(of: Array(String(word).utf8)).bytes
    let wanted = digest.prefix(Blocklist.entry).reduce(0) { $0 << 8 | UInt64($1) }
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if key(middle) < wanted { low = middle + 1 } else { high = middle }
    }
    return low < count && key(low) == wanted
  }

  private func key(_ index: Int) -> UInt64 {
    let start = Blocklist.header + index * Blocklist.entry
    var key: UInt64 = 0
    for place in start..<start + Blocklist.entry { key = key << 8 | UInt64(bytes[place]) }
    return key
  }
}

package enum BlocklistFault: Error, Hashable {
  case missing
  case damaged
}
