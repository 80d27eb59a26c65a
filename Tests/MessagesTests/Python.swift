import Foundation
import TestKit

/// Programs that we did not write, as a second opinion.
enum Python {
  /// Runs `script` with `input` as JSON on its standard input and reads JSON from its standard output.
  static func ask<Input: Encodable, Output: Decodable>(
    _ script: String,
    _ input: Input,
    as type: Output.Type = Output.self
  ) throws -> Output {
    let answer = try Programs.run([Programs.python, "-c", script], input: try JSONEncoder().encode(input))
    guard answer.status == 0 else { throw PythonFailed(status: answer.status) }
    return try JSONDecoder().decode(Output.self, from: answer.output)
  }
}

struct PythonFailed: Error {
  let status: Int32
}

extension SeededGenerator {
  /// Text made to be awkward: line ends, controls, iCalendar's and MIME's own signs, wide characters.
  mutating func awkwardText(upTo length: Int) -> String {
    let pieces = [
      "\r\n", "\r", "\n", "\u{0}", "\u{7}", "\u{B}", "\u{85}", "\u{2028}", "\t", " ", "  ", "\\", ";", ",",
      ":", "\"", "^",
      "^n", "=", "=?UTF-8?Q?x?=", "\r\nBcc: marius@example.com\r\n", "\r\nEND:VEVENT\r\nBEGIN:VALARM\r\n",
      "\r\n ATTENDEE:x",
      "\r\n\r\n--=_outer", ".", "\n.\n", "\nFrom ", "ž", "š", "Rasa", "👩‍👩‍👧‍👦", "🇱🇹", "e\u{301}", "漢字", "\u{202E}",
      "a",
      "word", "0123456789",
    ]
    return (0..<Int.random(in: 0...length, using: &self))
      .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &self)] }.joined()
  }
}

/// Every customary line end as LF; said here in other words than in the sources, to check them.
func withLineFeeds(_ text: String) -> String {
  var result = ""
  var rest = Substring(text).unicodeScalars
  while let scalar = rest.popFirst() {
    switch scalar.value {
    case 0x0D:
      if rest.first == "\n" { rest.removeFirst() }
      result += "\n"
    case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: result += "\n"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Controls but tabs and line feeds as U+FFFD.
func withoutControls(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x00...0x08, 0x0B...0x1F, 0x7F...0x9F: result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
