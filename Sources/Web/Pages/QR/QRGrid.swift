/// The modules of a QR code while it is drawn: patterns first, then the codewords, then the mask.
struct QRGrid {
  private let version: QRVersion
  private let size: Int
  private(set) var modules: [Bool]
  /// Modules of patterns, which no mask touches.
  private var isPattern: [Bool]

  init(_ version: QRVersion) {
    self.version = version
    size = version.size
    modules = Array(repeating: false, count: size * size)
    isPattern = modules
    for position in 0..<size {
      draw(6, position, position.isMultiple(of: 2))
      draw(position, 6, position.isMultiple(of: 2))
    }
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
    drawAlignments()
    drawFormat(mask: 0)
    drawVersion()
  }

  private mutating func draw(_ x: Int, _ y: Int, _ isDark: Bool) {
    guard (0..<size).contains(x), (0..<size).contains(y) else { return }
    modules[y * size + x] = isDark
    isPattern[y * size + x] = true
  }

  private mutating func drawFinder(_ x: Int, _ y: Int) {
    for dy in -4...4 {
      for dx in -4...4 {
        let ring = max(abs(dx), abs(dy))
        draw(x + dx, y + dy, ring != 2 && ring != 4)
      }
    }
  }

  private mutating func drawAlignments() {
    let centres = version.alignments
    for y in centres {
      for x in centres where !isCorner(x, y, centres.last ?? 0) {
        for dy in -2...2 {
          for dx in -2...2 { draw(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
        }
      }
    }
  }

  /// Where a finder stands already.
  private func isCorner(_ x: Int, _ y: Int, _ last: Int) -> Bool {
    (x == 6 && y == 6) || (x == 6 && y == last) || (x == last && y == 6)
  }

  /// Level M and the mask, twice, with BCH (15, 5).
  private mutating func drawFormat(mask: Int) {
    let bits = QRGrid.format(mask: mask)
    func bit(_ number: Int) -> Bool { bits >> number & 1 == 1 }
    for number in 0...5 { draw(8, number, bit(number)) }
    draw(8, 7, bit(6))
    draw(8, 8, bit(7))
    draw(7, 8, bit(8))
    for number in 9..<15 { draw(14 - number, 8, bit(number)) }
    for number in 0..<8 { draw(size - 1 - number, 8, bit(number)) }
    for number in 8..<15 { draw(8, size - 15 + number, bit(number)) }
    draw(8, size - 8, true)
  }

  static func format(mask: Int) -> Int {
    // Level M is 00.
    var rest = mask
    for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
    return (mask << 10 | rest) ^ 0x5412
  }

  /// From version 7 on, twice, with BCH (18, 6).
  private mutating func drawVersion() {
    guard version.number >= 7 else { return }
    let bits = QRGrid.information(version: version.number)
    for number in 0..<18 {
      let (long, short) = (size - 11 + number % 3, number / 3)
      draw(long, short, bits >> number & 1 == 1)
      draw(short, long, bits >> number & 1 == 1)
    }
  }

  static func information(version: Int) -> Int {
    var rest = version
    for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1F25 }
    return version << 12 | rest
  }

  /// In pairs of columns from the right, upwards and downwards in turn.
  mutating func place(_ codewords: [UInt8]) {
    var bit = 0
    for pair in stride(from: size - 1, through: 1, by: -2) {
      let right = pair <= 6 ? pair - 1 : pair
      for step in 0..<size {
        let isUpward = (right + 1) & 2 == 0
        let y = isUpward ? size - 1 - step : step
        for x in [right, right - 1] where !isPattern[y * size + x] && bit < codewords.count * 8 {
          modules[y * size + x] = codewords[bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
          bit += 1
        }
      }
    }
  }

  /// Takes the mask that leaves the fewest patterns that could confuse a reader.
  mutating func chooseMask() {
    let masked = (0..<8).map { mask in
      var grid = self
      grid.apply(mask)
      grid.drawFormat(mask: mask)
      return grid
    }
    self = masked.min { $0.penalty < $1.penalty } ?? self
  }

  private mutating func apply(_ mask: Int) {
    for y in 0..<size {
      for x in 0..<size where !isPattern[y * size + x] && QRGrid.isInverted(x, y, mask) {
        modules[y * size + x].toggle()
      }
    }
  }

  private static func isInverted(_ x: Int, _ y: Int, _ mask: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (x / 3 + y / 2) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }
}
