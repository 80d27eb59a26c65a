/// Error correction over GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1, as QR codes have it.
struct ReedSolomon: Sendable {
  /// Coefficients of the generator, highest power first, its leading 1 left out.
  private let divisor: [UInt8]

  init(degree: Int) {
    var divisor = [UInt8](repeating: 0, count: degree)
    divisor[degree - 1] = 1
    var root: UInt8 = 1
    for _ in 0..<degree {
      for position in 0..<degree {
        divisor[position] = ReedSolomon.product(divisor[position], root)
        if position + 1 < degree { divisor[position] ^= divisor[position + 1] }
      }
      root = ReedSolomon.product(root, 2)
    }
    self.divisor = divisor
  }

  /// The error correction codewords of one block.
  func remainder(of data: some Sequence<UInt8>) -> [UInt8] {
    var remainder = [UInt8](repeating: 0, count: divisor.count)
    for byte in data {
      let factor = byte ^ remainder.removeFirst()
      remainder.append(0)
      for position in divisor.indices {
        remainder[position] ^= ReedSolomon.product(divisor[position], factor)
      }
    }
    return remainder
  }

  private static func product(_ one: UInt8, _ other: UInt8) -> UInt8 {
    var product = 0
    for bit in (0..<8).reversed() {
      product = product << 1 ^ (product >> 7) * 0x11D
      if other >> UInt8(bit) & 1 == 1 { product ^= Int(one) }
    }
    return UInt8(truncatingIfNeeded: product)
  }
}
