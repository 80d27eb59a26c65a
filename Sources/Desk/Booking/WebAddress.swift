/// Web addresses in a field that goes into mails: whoever types another's address would have us send their link.
enum WebAddress {
  /// Whether a text holds `://`, `www.`, or a host name that a path, port or question follows: what mail programs turn
  /// into a link, and what no name needs.
  static func isPresent(in text: String) -> Bool {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) else {
      return false
    }
    let text = text.lowercased()
    if text.contains("://") || text.contains("www.") { return true }
    return text.split(whereSeparator: \.isWhitespace).contains { word in
      guard let end = word.firstIndex(where: { "/:?#\\".contains($0) }) else { return false }
      let host = word[..<end].drop { !$0.isLetter && !$0.isNumber }
      let labels = host.split(separator: ".", omittingEmptySubsequences: false)
      return labels.count > 1 && labels.allSatisfy { !$0.isEmpty } && word.index(after: end) < word.endIndex
    }
  }
}
