extension Unicode.Scalar {
  /// C0, DEL and C1 controls, and the two separators that some programs take for line ends.
  var isControl: Bool { properties.generalCategory == .control || value == 0x2028 || value == 0x2029 }

  var endsLine: Bool { (0x0A...0x0D).contains(value) || value == 0x85 || value == 0x2028 || value == 0x2029 }
}

extension String {
  /// The lines of a text, whichever of the customary characters end them.
  var lines: [String] {
    var lines: [String.UnicodeScalarView] = [.init()]
    var previous: Unicode.Scalar?
    for scalar in unicodeScalars {
      if scalar.endsLine {
        if !(scalar == "\n" && previous == "\r") { lines.append(.init()) }
      } else {
        lines[lines.count - 1].append(scalar)
      }
      previous = scalar
    }
    return lines.map { String($0) }
  }

  /// On one line, line ends as commas and other controls as U+FFFD, so that no value can add lines of its own
  /// to a text.
  var onOneLine: String {
    lines.filter { !$0.isEmpty }.map(\.withoutControls).joined(separator: ", ")
  }

  /// Controls, tabs aside, as U+FFFD: visible, harmless.
  var withoutControls: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars { text.append(scalar.isControl && scalar != "\t" ? "\u{FFFD}" : scalar) }
    return String(text)
  }
}
