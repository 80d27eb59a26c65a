/// Addresses of pages with their questions.
enum QueryText {
  /// `path?name=value&…`; empty values are left out.
  static func url(_ path: String, _ query: [(String, String?)], at fragment: String? = nil) -> String {
    var url = path
    var separator = "?"
    for case (let name, let value?) in query where !value.isEmpty {
      url += separator + name + "=" + encoded(value)
      separator = "&"
    }
    return fragment.map { url + "#" + $0 } ?? url
  }

  /// RFC 3986: everything but unreserved characters, `/` and `:` as percent signs.
  static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F, 0x3A:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
