package import Primitives

/// What a passkey is asked for. An answer to one question answers no other.
package enum ChallengePurpose: String, Sendable, CaseIterable {
  case signIn = "sign-in"
  /// Proving again in a session. About the session.
  case prove = "prove"
  /// Adding a passkey in a session. About the session.
  case add = "add"
  /// Making the first passkey. About the invite.
  case invite = "invite"
  /// A customer's: signing in; adding one. About nothing; the customer's session.
  case customerSignIn = "customer-sign-in"
  case customerAdd = "customer-add"
}

/// The random bytes that a passkey signs, made so that nothing is stored until they are answered.
///
/// `random, 16 bytes ‖ end, 8 bytes ‖ HMAC-SHA-256, 32 bytes` over business, purpose, what it is about, and
/// the 24 bytes. Who takes an answer stores ``KeyRing/spentForm(of:)``, so that each is taken once.
///
/// - SeeAlso: WebAuthn level 3 §13.4.3: at least 16 random bytes, believed only when we made them.
package struct Challenge: Sendable, Hashable {
  /// Seconds until it is too late to answer.
  package static let lifetime: Int = .minutes(5)

  package let bytes: [UInt8]
  package let expiresAt: Instant

  fileprivate init(bytes: [UInt8], expiresAt: Instant) {
    self.bytes = bytes
    self.expiresAt = expiresAt
  }

  /// For JSON: the URL alphabet without padding.
  package var text: String { Base64.encodeURL(bytes) }
}

extension KeyRing {
  /// A new one, good for ``Challenge/lifetime``.
  package func challenge(_ purpose: ChallengePurpose, about row: Identifier? = nil, now: Instant) -> Challenge
  {
    let end = now + Challenge.lifetime
    let head = Sodium.randomBytes(16) + withUnsafeBytes(of: end.seconds.bigEndian) { Array($0) }
    return Challenge(bytes: head + proof(purpose, row, head), expiresAt: end)
  }

  /// The challenge that came back; nil when we did not make it for this, or its time is over. In constant
  /// time.
  package func challenge(
    _ bytes: [UInt8],
    for purpose: ChallengePurpose,
    about row: Identifier? = nil,
    now: Instant
  ) -> Challenge? {
    guard bytes.count == 56 else { return nil }
    let head = Array(bytes[..<24])
    guard constantTimeEqual(proof(purpose, row, head), Array(bytes[24...])) else { return nil }
    let end = Instant(seconds: head[16...].reduce(0) { $0 << 8 | Int64($1) })
    return now < end ? Challenge(bytes: bytes, expiresAt: end) : nil
  }

  /// What is stored of a challenge that was answered; 32 bytes.
  package func spentForm(of challenge: Challenge) -> [UInt8] { Hash32(of: challenge.bytes).bytes }

  /// What a passkey knows its person by: 32 bytes that are no name and no address.
  ///
  /// - Parameter subject: of the member of staff or the customer.
  package func userHandle(of subject: Identifier) -> [UInt8] {
    passkeyKey.code {
      $0.add("passkey-user/v1")
      $0.add(business.text)
      $0.add(subject)
    }
  }

  private func proof(_ purpose: ChallengePurpose, _ row: Identifier?, _ head: [UInt8]) -> [UInt8] {
    passkeyKey.code {
      $0.add("passkey-challenge/v1")
      $0.add(business.text)
      $0.add(purpose.rawValue)
      if let row { $0.add(row) } else { $0.add("") }
      $0.add(head)
    }
  }
}
