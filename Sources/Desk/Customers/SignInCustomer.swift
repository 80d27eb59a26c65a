import Audit
import People
import Primitives
import Storage
import Vault

extension Desk {
  /// For signing in with a customer's passkey, whosever it is. Stores nothing: the challenge is good for five minutes and is
  /// spent when it is answered.
  ///
  /// - Throws: `.notAllowed` where the server's address is none that browsers make passkeys for.
  package func customerSignInOptions() async throws -> PasskeyOptions {
    try await options(ring.challenge(.customerSignIn, now: clock.now()), known: [])
  }

  /// Signs a customer in by a passkey that they added after a link.
  ///
  /// - Returns: the session's token, for the cookie.
  /// - Throws: `.signInRefused` for whatever does not hold: all look the same.
  package func signInCustomer(passkey json: String) async throws -> String {
    let now = clock.now()
    guard let proof = try await customerProof(json, now) else {
      try await refuse(
        .customerSessionStarted,
        by: .stranger(network: ""),
        for: .customersRequest,
        Refusal(.signInRefused)
      )
    }
    let token = Token()
    let session = CustomerSessionRow(
      id: Identifier(at: now),
      subject: proof.row.subject,
      method: .passkey,
      startedAt: now,
      seenAt: now
    )
    return try await act(.customerSessionStarted, by: .contact(session.subject), for: .customersRequest) {
      [ring] changes, detail in
      let spent = ring.spentForm(of: proof.challenge)
      guard try changes.spendChallenge(spent, until: proof.challenge.expiresAt, now: now),
        try changes.useCustomerPasskey(proof.row.id, signCount: proof.use.signCount, at: now)
      else { throw Refusal(.signInRefused) }
      try changes.add(session, tokenHash: ring.storedForm(of: token))
      detail.touch(subject: session.subject)
      detail.records.append("customer-passkey/\(proof.row.id)")
      return token.text
    }
  }

  private struct CustomerProof: Sendable {
    let row: CustomerPasskeyRow
    let use: PasskeyUse
    let challenge: Challenge
  }

  private func customerProof(_ json: String, _ now: Instant) async throws -> CustomerProof? {
    guard let site = RelyingParty(address: address), let response = try? PasskeyResponse(json: json),
      let challenge = ring.challenge(response.challenge, for: .customerSignIn, now: now),
      let row = try await store.ask({ try $0.customerPasskey(credential: response.credential) }),
      let keys = try await keys.open(row.subject),
      let sealed = try row.open(keys)
    else { return nil }
    let use = try? response.asserted(
      challenge: challenge.bytes,
      at: site,
      publicKey: sealed.publicKey,
      signCount: row.signCount,
      isSyncable: sealed.isSyncable
    )
    // Nobody said who they are, so the passkey must (WebAuthn level 3 §7.2 step 6).
    guard let use, let handle = use.userHandle,
      constantTimeEqual(handle, ring.userHandle(of: row.subject))
    else { return nil }
    return CustomerProof(row: row, use: use, challenge: challenge)
  }
}
