import Audit
import People
package import Primitives
import Storage
import Vault

extension Desk {
  /// Passkeys that one address has at most.
  package static let mostCustomerPasskeys = 5

  /// For adding a passkey to one's own bookings, bound to this session.
  ///
  /// - Throws: `.signInNeeded` when the contact was erased since; `.notAllowed` where the server's address is none that
  ///   browsers make passkeys for.
  package func newCustomerPasskeyOptions(for customer: SignedInCustomer) async throws -> PasskeyOptions {
    guard let email = try await address(of: customer) else {
      try await refuse(
        .customerPasskeyAdded,
        by: customer.actor,
        for: .customersRequest,
        Refusal(.signInNeeded)
      )
    }
    let subjects = try await contacts(having: emailIndex(email)).map(\.subject)
    let known = try await store.ask { try $0.customerPasskeys(of: subjects) }
    var detail = ActDetail()
    detail.touch(subject: customer.subject)
    detail.fields = [ContactField.email.rawValue]
    try await recordReading(.customerOpened, by: customer.actor, for: .customersRequest, detail)
    return try await options(
      ring.challenge(.customerAdd, about: customer.session, now: clock.now()),
      for: (customer.subject, email, email),
      known: known.map(\.credential)
    )
  }

  /// Adds a passkey that was just made in this session.
  ///
  /// - Throws: `.invalid` with `passkey` for an answer that is wrong, too late, of another session, or of a credential that
  ///   is known; `.tooMany`; `.signInNeeded` when the contact was erased since.
  package func addCustomerPasskey(_ json: String, by customer: SignedInCustomer) async throws {
    let now = clock.now()
    guard let email = try await address(of: customer), let keys = try await keys.open(customer.subject) else {
      try await refuse(
        .customerPasskeyAdded,
        by: customer.actor,
        for: .customersRequest,
        Refusal(.signInNeeded)
      )
    }
    let made: (passkey: NewPasskey, challenge: Challenge)
    do throws(Refusal) {
      made = try registered(json, .customerAdd, about: customer.session, now: now)
    } catch {
      try await refuse(.customerPasskeyAdded, by: customer.actor, for: .customersRequest, error)
    }
    let row = try CustomerPasskeyRow(made.passkey, keys, at: now)
    let index = emailIndex(email)
    let subjects = try await contacts(having: index).map(\.subject)
    let spent = ring.spentForm(of: made.challenge)
    try await act(.customerPasskeyAdded, by: customer.actor, for: .customersRequest) { changes, detail in
      try changes.hold([.customer(index)])
      guard try changes.customerPasskeys(of: subjects).count < Desk.mostCustomerPasskeys else {
        throw Refusal(.tooMany)
      }
      guard try changes.spendChallenge(spent, until: made.challenge.expiresAt, now: now), try changes.add(row)
      else { throw Refusal.invalid("passkey", .mismatch) }
      detail.touch(subject: customer.subject)
      detail.records.append("customer-passkey/\(row.id)")
    }
  }

  /// Removes a passkey of the address a customer has proved; sessions it began go on until their time is over.
  ///
  /// - Throws: `.unknown` for none of theirs.
  package func removeCustomerPasskey(_ id: Identifier, by customer: SignedInCustomer) async throws {
    guard let email = try await address(of: customer) else {
      try await refuse(
        .customerPasskeyRemoved,
        by: customer.actor,
        for: .customersRequest,
        Refusal(.signInNeeded)
      )
    }
    let subjects = try await contacts(having: emailIndex(email)).map(\.subject)
    try await act(.customerPasskeyRemoved, by: customer.actor, for: .customersRequest) { changes, detail in
      guard try changes.removeCustomerPasskey(id, of: subjects) else { throw Refusal(.unknown) }
      detail.touch(subject: customer.subject)
      detail.records.append("customer-passkey/\(id)")
    }
  }
}
