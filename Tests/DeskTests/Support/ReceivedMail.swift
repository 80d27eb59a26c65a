import Foundation
import TestKit
import Testing

extension MailSink {
  func messages() throws -> [ReceivedMail] { try files().map(ReceivedMail.init) }
}

/// A mail as it arrived.
struct ReceivedMail {
  /// Headers as they were written, folded lines joined.
  let headers: String
  /// Every part that is text, decoded.
  let text: String

  init(_ data: Data) throws {
    let lines = String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
    let halves = lines.split(separator: "\n\n", maxSplits: 1)
    try #require(halves.count == 2)
    headers = String(halves[0]).replacing("\n ", with: " ")
    text = ReceivedMail.decoded(lines, boundaries: ReceivedMail.boundaries(in: lines))
  }

  func header(_ name: String) -> String? {
    headers.split(separator: "\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  /// Quoted-printable and base 64 undone, whichever a part uses; calendar lines unfolded.
  private static func decoded(_ whole: String, boundaries: [String]) -> String {
    let parts = boundaries.reduce([whole]) { parts, boundary in
      parts.flatMap { $0.components(separatedBy: "\n--" + boundary) }
    }
    return parts.map { part -> String in
      let halves = part.components(separatedBy: "\n\n")
      let head = halves[0].lowercased()
      let rest = halves.dropFirst().joined(separator: "\n\n")
      if head.contains("base64"), let data = Data(base64Encoded: rest, options: .ignoreUnknownCharacters) {
        return String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
      }
      return head.contains("quoted-printable") ? unquoted(rest) : part
    }.joined(separator: "\n").replacing("\n ", with: "")
  }

  private static func boundaries(in text: String) -> [String] {
    text.components(separatedBy: "boundary=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
  }

  private static func unquoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.replacing("=\n", with: "").utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "="),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
