/// What an authenticator says and signs (WebAuthn §6.1).
struct AuthenticatorData: Sendable {
  struct Flags: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let userPresent = Flags(rawValue: 1 << 0)
    static let userVerified = Flags(rawValue: 1 << 2)
    static let backupEligible = Flags(rawValue: 1 << 3)
    static let backedUp = Flags(rawValue: 1 << 4)
    static let attested = Flags(rawValue: 1 << 6)
    static let extensions = Flags(rawValue: 1 << 7)
  }

  /// A credential that was just made (WebAuthn §6.5.1).
  struct Attested: Hashable, Sendable {
    let aaguid: [UInt8]
    let credential: [UInt8]
    let publicKey: COSEKey
  }

  /// SHA-256 of the id of the site that was asked for.
  let relyingParty: [UInt8]
  let flags: Flags
  let signCount: Int
  /// Nil unless the flags say that it is there.
  let attested: Attested?

  /// Reads all of the bytes.
  ///
  /// Bits that are reserved are passed over, and so is what extensions say: none is asked for, and none may
  /// be needed.
  ///
  /// - Throws: ``PasskeyFault/authenticatorData`` when there is too little or too much for what the flags
  ///   announce or the extensions are not a map with texts for keys; ``PasskeyFault/publicKey``.
  init(_ bytes: [UInt8]) throws(PasskeyFault) {
    guard bytes.count >= 37 else { throw .authenticatorData }
    relyingParty = Array(bytes[..<32])
    flags = Flags(rawValue: bytes[32])
    signCount = bytes[33..<37].reduce(0) { $0 << 8 | Int($1) }
    var position = 37
    attested = flags.contains(.attested) ? try AuthenticatorData.attested(in: bytes, at: &position) : nil
    if flags.contains(.extensions) {
      var reader = CBORReader(bytes, from: position)
      guard let names = reader.value()?.keys, names.allSatisfy(\.isText) else { throw .authenticatorData }
      position = reader.position
    }
    guard position == bytes.count else { throw .authenticatorData }
  }

  private static func attested(in bytes: [UInt8], at position: inout Int) throws(PasskeyFault) -> Attested {
    let id = position + 18
    guard bytes.count >= id else { throw .authenticatorData }
    let length = Int(bytes[id - 2]) << 8 | Int(bytes[id - 1])
    guard bytes.count - id >= length else { throw .authenticatorData }
    var reader = CBORReader(bytes, from: id + length)
    guard let cbor = reader.value(), let key = COSEKey(cbor) else { throw .publicKey }
    defer { position = reader.position }
    return Attested(
      aaguid: Array(bytes[position..<position + 16]),
      credential: Array(bytes[id..<id + length]),
      publicKey: key
    )
  }

  /// - Throws: ``PasskeyFault/relyingParty``, ``PasskeyFault/userPresence``,
  ///   ``PasskeyFault/userVerification``, or ``PasskeyFault/backup`` for a key that is backed up although it
  ///   cannot be.
  func check(at site: RelyingParty) throws(PasskeyFault) {
    guard relyingParty == site.idHash else { throw .relyingParty }
    guard flags.contains(.userPresent) else { throw .userPresence }
    guard flags.contains(.userVerified) else { throw .userVerification }
    guard flags.contains(.backupEligible) || !flags.contains(.backedUp) else { throw .backup }
  }
}

extension CBOR {
  fileprivate var isText: Bool {
    if case .text = self { true } else { false }
  }
}
