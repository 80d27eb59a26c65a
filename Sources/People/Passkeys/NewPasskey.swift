/// A passkey that was just made, checked.
package struct NewPasskey: Hashable, Sendable {
  /// The credential's id, 16 to 1,023 bytes, chosen by the authenticator. Whoever stores it refuses one that
  /// is known.
  package let credential: [UInt8]
  /// A COSE_Key in canonical CBOR, to be handed to
  /// ``PasskeyResponse/asserted(challenge:at:publicKey:signCount:isSyncable:)``.
  package let publicKey: [UInt8]
  /// What the authenticator counted; zero for keys that do not count.
  package let signCount: Int
  /// The key may be kept by a provider (backup eligible). Never changes while the key lives.
  package let isSyncable: Bool
  /// The key is kept by a provider now (backup state), and so outlives the device.
  package let isSynced: Bool
  /// How the authenticator may be reached: some of ``transports``, sorted, each once. A hint for the browser.
  package let transports: [String]
  /// The 16 bytes that name the authenticator's make. Not attested: good for a label, not for a decision.
  package let aaguid: [UInt8]

  /// The transports of WebAuthn §5.8.4; others are dropped when read.
  package static let transports: Set<String> = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"]
}

/// A use of a passkey, checked.
package struct PasskeyUse: Hashable, Sendable {
  /// To be stored in place of the one before.
  package let signCount: Int
  /// The key may be kept by a provider; see ``NewPasskey/isSyncable``.
  package let isSyncable: Bool
  /// The key is kept by a provider now.
  package let isSynced: Bool
  /// Whose key it is by the authenticator's memory, 1 to 64 bytes: what was handed out as `user.id`. Nil when
  /// the authenticator did not say, as it may when it was told which credentials to look for.
  package let userHandle: [UInt8]?
}
