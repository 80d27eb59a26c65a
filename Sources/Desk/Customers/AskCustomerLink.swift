import Audit
import People
import Primitives
import Storage
import Vault

extension Desk {
  private static let asksAtOnce = 50

  /// Takes in that somebody asks for a link to the bookings of an address. Nothing is looked up yet: known and unknown
  /// addresses get the same answer after the same work.
  ///
  /// - Throws: `.invalid` for what is no address, `.mailNotSet`, `.tooMany` when too many wait.
  package func askForCustomerLink(_ email: String) async throws {
    let address: EmailAddress
    do throws(EmailAddressFault) {
      address = try EmailAddress(email.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    } catch {
      try await refuseAsk(.invalid("email", error.reason))
    }
    guard try await isMailSet() else { try await refuseAsk(Refusal(.mailNotSet)) }
    guard asks.add(address) else { try await refuseAsk(Refusal(.tooMany)) }
  }

  /// Makes the links that were asked for: for addresses that a contact has, three an hour each.
  ///
  /// - Returns: how many were asked for; call again until none.
  package func answerCustomerAsks() async throws -> Int {
    let asked = asks.take(atMost: Desk.asksAtOnce)
    for address in asked {
      do {
        try await makeCustomerLink(for: address)
      } catch is Refusal {
        // Recorded; whoever asked has got the same answer as everybody.
      }
    }
    return asked.count
  }

  private func makeCustomerLink(for address: EmailAddress) async throws {
    let index = emailIndex(address.text)
    let contacts = try await contacts(having: index)
    let readable = try await keys.open(contacts.map(\.subject), only: .p1)
    // Whose keys were destroyed is unknown, whatever is left of them.
    let subject = contacts.map(\.subject).first { readable[$0] != nil }
    let now = clock.now()
    let link = Identifier(at: now)
    try await act(.customerLinkAsked, by: .stranger(network: ""), for: .customersRequest) { changes, detail in
      guard let subject else { throw Refusal(.unknown) }
      // Links are counted before one is made.
      try changes.hold([.customer(index)])
      detail.touch(subject: subject)
      let since = now - CustomerSessionRule.linkPeriod
      let made = try changes.customerLinksMade(for: contacts.map(\.subject), since: since)
      guard made < CustomerSessionRule.mostLinks else { throw Refusal(.tooMany) }
      let until = now + CustomerSessionRule.linkLifetime
      try changes.add(CustomerLinkRow(id: link, subject: subject, madeAt: now, expiresAt: until))
      try changes.post(
        NoticeRow(
          id: Identifier(at: now),
          kind: .customerLink,
          recipient: .contact(subject),
          about: link,
          dueAt: now,
          expiresAt: until
        )
      )
      detail.records.append("customer-link/\(link)")
    }
  }

  private func refuseAsk(_ refusal: Refusal) async throws -> Never {
    try await refuse(.customerLinkAsked, by: .stranger(network: ""), for: .customersRequest, refusal)
  }
}
