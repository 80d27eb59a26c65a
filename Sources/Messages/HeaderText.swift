import FoundationEssentials
import Primitives

/// How text is written into headers (RFC 5322, RFC 2047).
///
/// Whatever passes through here is refused, not cleaned, when it holds a control character.
enum HeaderText {
  /// Content of a header that is free text, such as Subject.
  static func unstructured(_ text: String, in header: String) throws(HeaderFault) -> String {
    try refuseControls(text, in: header)
    let fits = header.utf8.count + 2 + text.utf8.count <= 76
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
    let isTrimmed = text.first != " " && text.last != " "
    return fits && isPlain && isTrimmed ? text : encodedWords(text)
  }

  /// `name <address>`, on two lines so that neither can grow over the other.
  static func mailbox(_ mailbox: Mailbox, in header: String) throws(HeaderFault) -> String {
    try refuseControls(mailbox.name, in: header)
    try refuseControls(mailbox.address.text, in: header)
    let address = "<" + mailbox.address.text + ">"
    return mailbox.name.isEmpty ? address : phrase(mailbox.name, in: header) + "\r\n " + address
  }

  static func refuseControls(_ text: String, in header: String) throws(HeaderFault) {
    if text.unicodeScalars.contains(where: \.isControl) { throw .controlCharacter(header) }
  }

  private static func phrase(_ name: String, in header: String) -> String {
    let isPlain = name.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !name.contains("=?")
    guard isPlain, header.utf8.count + 2 * name.utf8.count + 4 <= 76 else { return encodedWords(name) }
    return "\"" + String(name.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }) + "\""
  }

  /// Encoded words of at most 75 characters (RFC 2047 §2: lines of 76), each with whole characters only, one
  /// to a line.
  private static func encodedWords(_ text: String) -> String {
    var words: [String] = []
    var piece: [UInt8] = []
    for scalar in text.unicodeScalars {
      if piece.count + UTF8.width(scalar) > 39 {
        words.append(encodedWord(piece))
        piece = []
      }
      piece.append(contentsOf: String(scalar).utf8)
    }
    if !piece.isEmpty { words.append(encodedWord(piece)) }
    return words.joined(separator: "\r\n ")
  }

  private static func encodedWord(_ bytes: [UInt8]) -> String {
    "=?UTF-8?B?" + Data(bytes).base64EncodedString() + "?="
  }
}
