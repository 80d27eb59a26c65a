import Audit
import Booking
import People
import Primitives
import Storage
import Vault

/// What a page hands to `navigator.credentials`; bytes are in the URL alphabet of base 64, without padding.
package struct PasskeyOptions: Sendable {
  package let challenge: String
  package let rpID: String
  package let rpName: String
  /// Empty where no passkey is made.
  package let userID: String
  package let userName: String
  package let displayName: String
  /// Ids of credentials: those to use, or those not to make once more.
  package let known: [String]
}

extension Desk {
  /// For signing in with a passkey, whosever it is. Stores nothing: the challenge is good for five minutes
  /// and is spent when it is answered.
  ///
  /// - Throws: `.notAllowed` where the server's address is none that browsers make passkeys for.
  package func signInOptions() async throws -> PasskeyOptions {
    try await options(ring.challenge(.signIn, now: clock.now()), known: [])
  }

  /// For proving again who one is, in one's session; by one of one's own passkeys.
  package func proofOptions(of person: StaffPerson) async throws -> PasskeyOptions {
    let own = try await store.read { try $0.passkeys(of: person.id) }
    return try await options(
      ring.challenge(.prove, about: person.session, now: clock.now()),
      known: own.map(\.credential)
    )
  }

  /// The site that this server's passkeys are for.
  func relyingParty() throws(Refusal) -> RelyingParty {
    guard let site = RelyingParty(address: address) else { throw Refusal(.notAllowed) }
    return site
  }

  /// - Parameter user: whom a passkey is made for.
  func options(
    _ challenge: Challenge,
    for user: (subject: Identifier, email: String, name: String)? = nil,
    known: [[UInt8]]
  ) async throws -> PasskeyOptions {
    PasskeyOptions(
      challenge: challenge.text,
      rpID: try relyingParty().id,
      rpName: try await timetable().business.name,
      userID: user.map { Base64.encodeURL(ring.userHandle(of: $0.subject)) } ?? "",
      userName: user?.email ?? "",
      displayName: user?.name ?? "",
      known: known.map(Base64.encodeURL)
    )
  }
}
