/// How hard a QR code is to read (ISO/IEC 18004, 7.8.3): long runs, blocks, false finders, too dark or too light.
extension QRGrid {
  /// A finder seen from the side, with its light margin before or after.
  private static let falseFinders: [[Bool]] = {
    let finder = [true, false, true, true, true, false, true]
    let margin = [false, false, false, false]
    return [finder + margin, margin + finder]
  }()

  var penalty: Int {
    let side = Int(Double(modules.count).squareRoot())
    let rows = (0..<side).map { y in Array(modules[y * side..<(y + 1) * side]) }
    let columns = (0..<side).map { x in rows.map { $0[x] } }
    let lines = (rows + columns).map { QRGrid.penalty(of: $0) }.reduce(0, +)
    var blocks = 0
    for y in 0..<side - 1 {
      for x in 0..<side - 1 {
        let isDark = rows[y][x]
        if rows[y][x + 1] == isDark, rows[y + 1][x] == isDark, rows[y + 1][x + 1] == isDark { blocks += 3 }
      }
    }
    let dark = modules.count { $0 }
    return lines + blocks + abs(dark * 20 - modules.count * 10) / modules.count * 10
  }

  private static func penalty(of line: [Bool]) -> Int {
    var penalty = 0
    var run = 0
    for (position, isDark) in line.enumerated() {
      run = position > 0 && line[position - 1] == isDark ? run + 1 : 1
      if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
      if position >= 10 {
        let window = line[(position - 10)...position]
        penalty += falseFinders.count { window.elementsEqual($0) } * 40
      }
    }
    return penalty
  }
}
