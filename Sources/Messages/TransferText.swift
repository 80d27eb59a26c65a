import FoundationEssentials

/// Content-Transfer-Encodings (RFC 2045 §6).
///
/// Lines are at most 76 characters and ended by CRLF.
enum TransferText {
  /// Quoted-printable: readable where mail is read raw, and no line for a relay to change.
  ///
  /// Line ends of any kind become CRLF.
  static func quotedPrintable(_ text: String) -> String {
    text.lines.map { quotedLine(Array($0.utf8)) }.joined(separator: "\r\n")
  }

  static func base64(_ text: String) -> String {
    let encoded = Array(Data(text.utf8).base64EncodedString().utf8)
    return stride(from: 0, to: encoded.count, by: 76).map { start in
      String(decoding: encoded[start..<min(start + 76, encoded.count)], as: UTF8.self) + "\r\n"
    }.joined()
  }

  private static func quotedLine(_ bytes: [UInt8]) -> String {
    var quoted = ""
    var length = 0
    // A dot alone ends a message in SMTP and some stores change a leading "From ": both leave as codes.
    let guarded = bytes.first == UInt8(ascii: ".") || bytes.starts(with: "From ".utf8)
    for (position, byte) in bytes.enumerated() {
      let isLast = position == bytes.count - 1
      let isPlain =
        switch byte {
        case UInt8(ascii: "="): false
        case 0x21...0x7E: !(guarded && position == 0)
        case 0x20, 0x09: !isLast
        default: false
        }
      let token = isPlain ? String(Unicode.Scalar(byte)) : code(byte)
      if length + token.utf8.count > (isLast ? 76 : 75) {
        quoted += "=\r\n"
        length = 0
      }
      quoted += token
      length += token.utf8.count
    }
    return quoted
  }

  private static func code(_ byte: UInt8) -> String {
    "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
