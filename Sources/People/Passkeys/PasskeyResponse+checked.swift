import Vault

extension PasskeyResponse {
  /// Checks a registration (WebAuthn level 3, §7.1).
  ///
  /// `challenge` is the one that was given out for exactly this, not older than it may be and not answered
  /// before: the caller sees to that, and to the credential's being new.
  ///
  /// - Throws: the first ``PasskeyFault`` found, in the order of §7.1.
  package func registered(challenge: [UInt8], at site: RelyingParty) throws(PasskeyFault) -> NewPasskey {
    guard case .registration(let attestation, let transports) = content else { throw .ceremony }
    try clientData.check(.registration, challenge: challenge, at: site)
    let data = try AttestationObject(attestation).authenticatorData
    try data.check(at: site)
    guard let attested = data.attested else { throw .authenticatorData }
    guard attested.credential == credential, credential.count >= 16 else { throw .credentialID }
    guard attested.publicKey.signatureCheck != nil else { throw .publicKey }
    return NewPasskey(
      credential: credential,
      publicKey: attested.publicKey.encoded,
      signCount: data.signCount,
      isSyncable: data.flags.contains(.backupEligible),
      isSynced: data.flags.contains(.backedUp),
      transports: transports,
      aaguid: attested.aaguid
    )
  }

  /// Checks a use (WebAuthn level 3, §7.2) against what was stored of the credential. The person was
  /// verified, always.
  ///
  /// `challenge` as for ``registered(challenge:at:)``. `publicKey` and `signCount` are of the passkey that
  /// ``credential`` names; `isSyncable` too, and nil only where it was never stored. Whose passkey it is, the
  /// caller compares with ``PasskeyUse/userHandle``. The counter must rise, or be zero both times.
  ///
  /// - Throws: the first ``PasskeyFault`` found, in the order of §7.2.
  package func asserted(
    challenge: [UInt8],
    at site: RelyingParty,
    publicKey: [UInt8],
    signCount: Int,
    isSyncable: Bool? = nil
  ) throws(PasskeyFault) -> PasskeyUse {
    guard case .assertion(let bytes, let signature, let userHandle) = content else { throw .ceremony }
    try clientData.check(.assertion, challenge: challenge, at: site)
    let data = try AuthenticatorData(bytes)
    guard data.attested == nil else { throw .authenticatorData }
    try data.check(at: site)
    let canSync = data.flags.contains(.backupEligible)
    guard isSyncable == nil || isSyncable == canSync else { throw .backup }
    guard let key = CBOR(publicKey).flatMap(COSEKey.init)?.signatureCheck else { throw .publicKey }
    guard key.isValid(signature, for: bytes + clientData.hash) else { throw .signature }
    guard data.signCount > signCount || (data.signCount == 0 && signCount == 0) else { throw .counter }
    return PasskeyUse(
      signCount: data.signCount,
      isSyncable: canSync,
      isSynced: data.flags.contains(.backedUp),
      userHandle: userHandle
    )
  }
}
