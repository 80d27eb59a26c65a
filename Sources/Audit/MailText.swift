import Vault

/// The text of a mail as it was saved, which mail programs hide behind an encoding.
///
/// - SeeAlso: RFC 2045, §6.7 (quoted-printable) and §6.8 (base64).
enum MailText {
  private static let lineFeed: UInt8 = 0x0A
  private static let equals: UInt8 = 0x3D

  /// What each part that is quoted-printable or base64 says, decoded once; empty for what is no mail.
  ///
  /// Where a part ends is not looked for: what stands behind it may come along. A part that is damaged gives what
  /// can be read of it, or nothing.
  static func parts(of text: String) -> [String] {
    let lines = Array(text.utf8).split(separator: lineFeed, omittingEmptySubsequences: false).map(trimmed)
    var starts: [(line: Int, encoding: Encoding)] = []
    for (number, line) in lines.enumerated() {
      if let encoding = Encoding(header: line) { starts.append((number, encoding)) }
    }
    let ends = starts.dropFirst().map { $0.line } + [lines.endIndex]
    return zip(starts, ends).map { start, end in
      // An empty line ends the headers.
      let body = lines[start.line..<end].drop { !$0.isEmpty }.dropFirst()
      switch start.encoding {
      case .quotedPrintable: return String(decoding: quotedPrintable(body), as: UTF8.self)
      case .base64: return String(decoding: base64(body), as: UTF8.self)
      }
    }
  }

  private enum Encoding: String {
    case quotedPrintable = "quoted-printable"
    case base64 = "base64"

    /// Nil for every other line than `Content-Transfer-Encoding:` with one of these.
    init?(header line: ArraySlice<UInt8>) {
      guard line.count <= 100 else { return nil }
      let words = String(decoding: line, as: UTF8.self).lowercased().split { " \t:;".contains($0) }
      guard words.count > 1, words[0] == "content-transfer-encoding" else { return nil }
      self.init(rawValue: String(words[1]))
    }
  }

  /// Without white space at the end, as §6.7 (3) asks for, and without the first half of CRLF.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
    return line
  }

  /// A `=` that begins no octet stays as it is.
  private static func quotedPrintable(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    var continues = true
    for line in lines {
      if !continues { bytes.append(lineFeed) }
      continues = line.last == equals
      var rest = continues ? line.dropLast() : line
      while let byte = rest.popFirst() {
        if byte == equals, let value = octet(rest.prefix(2)) {
          bytes.append(value)
          rest.removeFirst(2)
        } else {
          bytes.append(byte)
        }
      }
    }
    return bytes
  }

  private static func octet(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard let high = digits.first.flatMap(digit), let low = digits.dropFirst().first.flatMap(digit) else {
      return nil
    }
    return high << 4 | low
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x37
    case 0x61...0x66: character - 0x57
    default: nil
    }
  }

  /// Up to an empty line or a boundary; other characters than those of the alphabet are passed over.
  private static func base64(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
    let dashes = Array("--".utf8)
    let letters = lines.drop { $0.isEmpty }.prefix { !$0.isEmpty && !$0.starts(with: dashes) }.joined()
      .filter(isLetter)
    let padding = [UInt8](repeating: equals, count: (4 - letters.count % 4) % 4)
    return Base64.decode(String(decoding: letters + padding, as: UTF8.self)) ?? []
  }

  private static func isLetter(_ character: UInt8) -> Bool {
    switch character {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F: true
    default: false
    }
  }
}
