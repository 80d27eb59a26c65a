extension CBOR {
  /// The canonical spelling: pairs of maps in their order, whichever they were given in.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .unsigned(let number): CBOR.write(0, number, to: &bytes)
    case .negative(let number): CBOR.write(1, number, to: &bytes)
    case .bytes(let content):
      CBOR.write(2, UInt64(content.count), to: &bytes)
      bytes += content
    case .text(let content):
      CBOR.write(3, UInt64(content.count), to: &bytes)
      bytes += content
    case .list(let items):
      CBOR.write(4, UInt64(items.count), to: &bytes)
      for item in items { item.write(to: &bytes) }
    case .map(let pairs):
      CBOR.write(5, UInt64(pairs.count), to: &bytes)
      let spelled = pairs.map { (key: $0.key.encoded, value: $0.value) }
      for pair in spelled.sorted(by: { CBORReader.isInOrder($0.key[...], $1.key[...]) }) {
        bytes += pair.key
        pair.value.write(to: &bytes)
      }
    case .bool(let value): bytes.append(value ? 0xF5 : 0xF4)
    case .null: bytes.append(0xF6)
    }
  }

  private static func write(_ major: UInt8, _ argument: UInt64, to bytes: inout [UInt8]) {
    let length =
      switch argument {
      case 0..<24: 0
      case 24...0xFF: 1
      case 0x100...0xFFFF: 2
      case 0x1_0000...0xFFFF_FFFF: 4
      default: 8
      }
    let information = length == 0 ? UInt8(argument) : 24 + UInt8(length.trailingZeroBitCount)
    bytes.append(major << 5 | information)
    for place in (0..<length).reversed() { bytes.append(UInt8(truncatingIfNeeded: argument >> (8 * place))) }
  }
}
