import Audit
import People
package import Primitives
import Storage
import Vault

/// A customer who has proved that an address is theirs. Sees what was handed in with that address, and nothing else.
package struct SignedInCustomer: Sendable, Hashable {
  /// The contact whose address was proved.
  package let subject: Identifier
  package let session: Identifier

  package var actor: Actor { .contact(subject) }
}

extension Desk {
  /// Whose session a token is; nil for one that is unknown, ended, idle too long or too old.
  package func customer(token text: String) async throws -> SignedInCustomer? {
    guard let token = Token(text) else { return nil }
    let digest = ring.storedForm(of: token)
    let now = clock.now()
    guard let session = try await store.ask({ try $0.openCustomerSession(tokenHash: digest) }),
      CustomerSessionRule.isAlive(signedIn: session.startedAt, lastSeen: session.seenAt, now: now)
    else { return nil }
    if SessionRule.isWorthTouching(lastSeen: session.seenAt, now: now) {
      try await store.change { try $0.touchCustomerSession(session.id, at: now) }
    }
    return SignedInCustomer(subject: session.subject, session: session.id)
  }

  /// Ends this session; effective at once on every server.
  package func signOut(_ customer: SignedInCustomer) async throws {
    let now = clock.now()
    try await act(.customerSessionEnded, by: customer.actor, for: .customersRequest) { changes, detail in
      _ = try changes.endCustomerSession(customer.session, at: now)
      detail.touch(subject: customer.subject)
    }
  }

  /// What every form on a signed-in customer's pages carries in its field `csrf`; as for staff.
  package func csrfToken(for customer: SignedInCustomer) -> String {
    ring.formToken(session: customer.session.description)
  }

  /// Whether a form was made for this customer's session; in constant time.
  package func isCSRFTokenValid(_ text: String, for customer: SignedInCustomer) -> Bool {
    ring.isFormToken(text, session: customer.session.description)
  }

  /// The address a customer has proved, opened; nil when it can no longer be: the contact was erased.
  func address(of customer: SignedInCustomer) async throws -> String? {
    guard let contact = try await store.ask({ try $0.contact(customer.subject) }),
      let keys = try await keys.open(customer.subject)
    else { return nil }
    return try contact.open(.email, keys)
  }
}
