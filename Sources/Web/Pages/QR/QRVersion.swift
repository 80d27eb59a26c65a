/// One of the forty sizes of a QR code, at error correction level M.
struct QRVersion: Sendable {
  let number: Int

  /// Table 9 of the standard, level M, from version 1 on.
  private static let correctionInBlock = [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28,
    28, 28, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ]
  private static let blockCounts = [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
    31, 33,
    35, 37, 38, 40, 43, 45, 47, 49,
  ]

  static func smallest(for byteCount: Int) -> QRVersion? {
    (1...40).lazy.map(QRVersion.init).first { $0.headerBits + byteCount * 8 <= $0.dataCount * 8 }
  }

  var size: Int { number * 4 + 17 }

  /// Mode and character count.
  private var headerBits: Int { 4 + countBits }
  private var countBits: Int { number < 10 ? 8 : 16 }

  private var correctionInBlock: Int { QRVersion.correctionInBlock[number - 1] }
  private var blockCount: Int { QRVersion.blockCounts[number - 1] }
  /// Codewords of data and error correction.
  private var count: Int { freeModules / 8 }
  var dataCount: Int { count - correctionInBlock * blockCount }

  /// Modules that hold no pattern.
  private var freeModules: Int {
    var modules = (16 * number + 128) * number + 64
    if number >= 2 {
      let alignments = number / 7 + 2
      modules -= (25 * alignments - 10) * alignments - 55
      if number >= 7 { modules -= 36 }
    }
    return modules
  }

  /// Rows and columns of the alignment patterns' centres.
  var alignments: [Int] {
    guard number >= 2 else { return [] }
    let count = number / 7 + 2
    let step = (number * 8 + count * 3 + 5) / (count * 4 - 4) * 2
    return [6] + (0..<count - 1).reversed().map { size - 7 - $0 * step }
  }

  /// The data codewords: mode, count, bytes, end, padding.
  func data(_ bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func append(_ value: Int, _ width: Int) {
      for bit in (0..<width).reversed() { bits.append(value >> bit & 1 == 1) }
    }
    append(0b0100, 4)
    append(bytes.count, countBits)
    for byte in bytes { append(Int(byte), 8) }
    append(0, min(4, dataCount * 8 - bits.count))
    append(0, (8 - bits.count % 8) % 8)
    var data = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    for number in 0..<dataCount - data.count { data.append(number.isMultiple(of: 2) ? 0xEC : 0x11) }
    return data
  }

  /// Data in blocks, each with its error correction, and taken from them in turn.
  func interleaved(_ data: [UInt8]) -> [UInt8] {
    let code = ReedSolomon(degree: correctionInBlock)
    let shortBlocks = blockCount - count % blockCount
    let short = count / blockCount - correctionInBlock
    var blocks: [(data: ArraySlice<UInt8>, correction: [UInt8])] = []
    var rest = data[...]
    for number in 0..<blockCount {
      let block = rest.prefix(short + (number < shortBlocks ? 0 : 1))
      rest = rest.dropFirst(block.count)
      blocks.append((block, code.remainder(of: block)))
    }
    var codewords: [UInt8] = []
    for position in 0...short {
      for block in blocks where position < block.data.count {
        codewords.append(block.data[block.data.startIndex + position])
      }
    }
    for position in 0..<correctionInBlock { codewords += blocks.map { $0.correction[position] } }
    return codewords
  }
}
