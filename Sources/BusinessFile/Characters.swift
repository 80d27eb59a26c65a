/// Which characters may not stand in a business file, nor in a text of it.
enum Characters {
  /// Control characters, line separators, marks that turn the direction of text, and the byte-order mark.
  ///
  /// Line feeds are the caller's affair.
  static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// `U+0007`.
  static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// Refuses, with its line, each character that the file may not hold.
  ///
  /// Carriage returns before line feeds are let through.
  static func check(_ text: String, into report: Report) {
    var line = 1
    var column = 1
    var refusedLine = 0
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index != scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      if scalar == "\n" {
        line += 1
        column = 1
        continue
      }
      let endsLine = scalar == "\r" && index != scalars.endIndex && scalars[index] == "\n"
      if !endsLine, isRefused(scalar), refusedLine != line {
        refusedLine = line
        let reason =
          scalar == "\t"
          ? "holds a tab; use spaces" : "holds the control character \(name(scalar)); take it out"
        report.refuse(line: line, column: column, reason)
      }
      column += 1
    }
  }
}
