/// Why an answer of a passkey was refused.
///
/// For tests and for counting, never shown: whoever is refused learns only that signing in did not work.
/// Holds nothing of the answer.
package enum PasskeyFault: String, Error, Hashable, Sendable, CaseIterable {
  /// Longer than ``PasskeyResponse/longest``, or not the strict JSON that `PublicKeyCredential.toJSON()`
  /// writes.
  case json
  /// The credential is not of the type `public-key`.
  case credentialType
  /// `id` and `rawId` differ, or the id is not the one that was attested, or is of a length no authenticator
  /// gives.
  case credentialID
  /// The client's data are not the JSON of WebAuthn §5.8.1.
  case clientData
  /// An answer of the other ceremony: a registration where an assertion was asked for, or the reverse.
  case ceremony
  case challenge
  case origin
  /// Asked for inside a page of another site.
  case crossOrigin
  /// Not an attestation object in canonical CBOR.
  case attestation
  /// Not authenticator data: its length, or what its flags say is in it.
  case authenticatorData
  /// Made for another relying party.
  case relyingParty
  case userPresence
  case userVerification
  /// Backed up without being able to be, or able to be where it was not before.
  case backup
  /// Not a COSE key of one of the three algorithms, or no key on its curve.
  case publicKey
  case signature
  /// The counter did not rise: the key was copied, or the same answer came twice.
  case counter
  case userHandle
}
