import Vault

extension Desk {
  /// What every form on a signed-in person's pages carries in its field `csrf`.
  ///
  /// Made from the session's token with a key of the business, so that nothing of it is stored and it ends
  /// with its session.
  package func csrfToken(for sessionToken: String) -> String { ring.formToken(session: sessionToken) }

  /// Whether a form that came with this session was made for it; in constant time.
  package func isCSRFTokenValid(_ text: String, for sessionToken: String) -> Bool {
    ring.isFormToken(text, session: sessionToken)
  }
}
