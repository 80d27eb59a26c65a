import Audit
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// Signs a customer in by the link that was sent to their address, which proves the address: contacts that have it are
  /// confirmed, as by a mailed manage link.
  ///
  /// - Returns: the session's token, for the cookie.
  /// - Throws: `.linkSpent` for a code that is wrong, used, expired or of another business: all look the same.
  package func takeCustomerLink(_ code: String) async throws -> String {
    let now = clock.now()
    let row = LinkCode(code).flatMap { ring.isGenuine($0, for: .customer) ? $0.row : nil }
    guard let row, let link = try await store.ask({ try $0.openCustomerLink(row, now: now) }),
      let contact = try await store.ask({ try $0.contact(link.subject) }),
      let own = try await keys.open(link.subject),
      let email = try contact.open(.email, own)
    else {
      try await refuse(
        .customerSessionStarted,
        by: .stranger(network: ""),
        for: .customersRequest,
        Refusal(.linkSpent)
      )
    }
    let proved = try await unconfirmed(having: emailIndex(email))
    let token = Token()
    let session = CustomerSessionRow(
      id: Identifier(at: now),
      subject: link.subject,
      method: .link,
      startedAt: now,
      seenAt: now
    )
    return try await act(.customerSessionStarted, by: .contact(link.subject), for: .customersRequest) {
      [ring] changes, detail in
      guard try changes.spendCustomerLink(link.id, at: now) else { throw Refusal(.linkSpent) }
      try changes.add(session, tokenHash: ring.storedForm(of: token))
      detail.records = ["customer-link/\(link.id)"]
      detail.touch(subject: link.subject)
      for (subject, indexes) in proved {
        try changes.confirmContact(subject, indexes: indexes, at: now)
        if subject != link.subject { detail.touch(subject: subject) }
      }
      detail.fields = [ContactField.email.rawValue] + (proved.isEmpty ? [] : [ContactField.phone.rawValue])
      return token.text
    }
  }

  /// The contacts with this address that nobody has confirmed, with what confirming them writes.
  private func unconfirmed(having index: [UInt8]) async throws -> [(Identifier, ContactIndexes)] {
    let contacts = try await contacts(having: index).filter { $0.confirmedAt == nil }
    let keys = try await keys.open(contacts.map(\.subject), only: .p1)
    return try contacts.compactMap { contact in
      guard let keys = keys[contact.subject] else { return nil }
      return (
        contact.subject, indexes(email: try contact.open(.email, keys), phone: try contact.open(.phone, keys))
      )
    }
  }
}
