/// What a line of a server's refusal says beyond its code.
enum SMTPReply {
  /// Whether a refusal is about who sends: an enhanced code 5.7.x (RFC 3463 §3.8, security or policy), or the word
  /// "relay" from servers that tell no enhanced codes. An unknown mailbox is 5.1.1 and speaks of neither.
  static func isOfPolicy(_ line: String) -> Bool {
    guard line.first == "5" else { return false }
    let said = line.dropFirst(3).drop { $0 == " " || $0 == "-" }
    let parts = said.prefix { $0 != " " }.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 3, parts[0] == "5", let subject = Int(parts[1]), Int(parts[2]) != nil {
      return subject == 7
    }
    return said.lowercased().contains("relay")
  }
}
