import Primitives
import Vault

/// What every form of somebody who is signed in carries in its field `csrf`, so that no other site can send it.
///
/// Made with a key of the business; nothing of it is stored, and it ends with its session.
extension Desk {
  /// From the session's id: it stays what it is when the session gets a new cookie, so that forms open in other windows
  /// can still be sent.
  package func csrfToken(for person: StaffPerson) -> String {
    ring.formToken(session: person.session.description)
  }

  /// Whether a form was made for this person's session; in constant time.
  package func isCSRFTokenValid(_ text: String, for person: StaffPerson) -> Bool {
    ring.isFormToken(text, session: person.session.description)
  }

  /// From the token of a customer's session, which never changes.
  package func csrfToken(for sessionToken: String) -> String { ring.formToken(session: sessionToken) }

  /// The same for a customer's session; in constant time.
  package func isCSRFTokenValid(_ text: String, for sessionToken: String) -> Bool {
    ring.isFormToken(text, session: sessionToken)
  }
}
