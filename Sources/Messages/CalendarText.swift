import Primitives

/// The spelling rules of iCalendar (RFC 5545): escaping, quoting, folding, times.
enum CalendarText {
  /// A property's content line, folded and ended: `name:value` with what was escaped before.
  ///
  /// At most 75 octets to a line without its CRLF (§3.1), never cut inside a character; a continuation's
  /// first space counts.
  static func line(_ name: String, _ value: String) -> String {
    var folded = String.UnicodeScalarView()
    var octets = 0
    for scalar in (name + ":" + value).unicodeScalars {
      let length = UTF8.width(scalar)
      if octets + length > 75 {
        folded.append(contentsOf: "\r\n ".unicodeScalars)
        octets = 1
      }
      folded.append(scalar)
      octets += length
    }
    folded.append(contentsOf: "\r\n".unicodeScalars)
    return String(folded)
  }

  /// A TEXT value (§3.3.11); line ends become `\n`, controls that iCalendar has no escape for become U+FFFD.
  static func text(_ value: String) -> String {
    value.lines.map { line in
      var escaped = ""
      for scalar in line.withoutControls.unicodeScalars {
        if scalar == "\\" || scalar == ";" || scalar == "," { escaped.unicodeScalars.append("\\") }
        escaped.unicodeScalars.append(scalar)
      }
      return escaped
    }.joined(separator: "\\n")
  }

  /// A quoted parameter value, with RFC 6868's escapes for what quotes cannot hold.
  static func parameter(_ value: String) -> String {
    var quoted = "\""
    for scalar in value.lines.map(\.withoutControls).joined(separator: "\n").unicodeScalars {
      switch scalar {
      case "^": quoted += "^^"
      case "\n": quoted += "^n"
      case "\"": quoted += "^'"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A `mailto:` address (RFC 6068 §2): what a URI has another use for, or none, is percent-encoded.
  static func address(_ address: EmailAddress) -> String {
    var uri = "mailto:"
    for byte in address.text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: uri.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where "-._~!$'*+@".utf8.contains(byte): uri.unicodeScalars.append(Unicode.Scalar(byte))
      default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }

  /// DATE-TIME in its UTC form (§3.3.5), which needs no VTIMEZONE and leaves nothing to a reader's own zone
  /// rules.
  static func utc(_ instant: Instant) -> String {
    let seconds = Int(instant.seconds)
    let wall = WallTime(day: CivilDay(number: 0), second: seconds)
    let (year, month, day) = wall.day.components
    return padded(year, 4) + padded(month, 2) + padded(day, 2) + "T"
      + padded(wall.hour, 2) + padded(wall.minute, 2) + padded(wall.second % 60, 2) + "Z"
  }
}
