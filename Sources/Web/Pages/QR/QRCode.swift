/// A QR code (ISO/IEC 18004, model 2) of text in UTF-8: byte mode, error correction level M, the smallest version that
/// holds it.
struct QRCode: Sendable, Equatable {
  /// Modules on each side, without the quiet zone.
  let size: Int
  /// Row by row; true is dark.
  let modules: [Bool]

  /// Light modules that a reader needs on each side.
  static let quietZone = 4

  /// Nil for more than 2,331 bytes, which no version holds.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
    let codewords = version.interleaved(version.data(bytes))
    var grid = QRGrid(version)
    grid.place(codewords)
    grid.chooseMask()
    size = version.size
    modules = grid.modules
  }

  subscript(x: Int, y: Int) -> Bool { modules[y * size + x] }

  /// The dark modules as the `d` of one SVG path: each stretch of a row a rectangle, the quiet zone counted in.
  var path: String {
    var path = ""
    for y in 0..<size {
      var x = 0
      while x < size {
        guard self[x, y] else {
          x += 1
          continue
        }
        let start = x
        while x < size, self[x, y] { x += 1 }
        path += "M\(start + QRCode.quietZone) \(y + QRCode.quietZone)h\(x - start)v1h-\(x - start)z"
      }
    }
    return path
  }
}
