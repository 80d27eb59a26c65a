/// A random secret of 256 bits that is handed out once and kept only in its stored form: sessions, invitations.
package struct Token: Sendable, Unprintable {
  /// 43 characters of the URL alphabet.
  package let text: String

  /// A new one.
  package init() { text = Base64.encodeURL(Sodium.randomBytes(32)) }

  /// Refuses (nil) what no token can be, before anything is looked up.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 43, let bytes = Base64.decodeURL(text), bytes.count == 32 else { return nil }
    self.text = String(text)
  }
}
