/// What comes with a new credential (WebAuthn §6.5).
///
/// Attestation is asked for as `none`, and every format that comes is taken for none, as §7.1 leaves it to
/// the relying party: its statement must be canonical CBOR and of the shape of one, is not verified, and
/// nothing is believed because of it. Verifying would need the makers' certificates and would lock out
/// whoever has an authenticator that is not on a list; refusing would lock out authenticators that attest
/// unasked.
struct AttestationObject: Sendable {
  let authenticatorData: AuthenticatorData

  /// - Throws: ``PasskeyFault/attestation`` when it is not canonical CBOR with the three members and no
  ///   others, when the format's name is not 1 to 32 printable characters of ASCII (RFC 8809 §2.1), when the
  ///   statement is neither a map nor a list, or when the format `none` comes with a statement; what
  ///   ``AuthenticatorData/init(_:)`` throws.
  init(_ bytes: [UInt8]) throws(PasskeyFault) {
    guard
      let object = CBOR(bytes), object.keys == [CBOR("fmt"), CBOR("attStmt"), CBOR("authData")],
      case .text(let format)? = object[CBOR("fmt")], AttestationObject.isFormat(format),
      let statement = object[CBOR("attStmt")], AttestationObject.isStatement(statement, of: format),
      let data = object[CBOR("authData")]?.bytes
    else { throw .attestation }
    authenticatorData = try AuthenticatorData(data)
  }

  private static func isFormat(_ name: [UInt8]) -> Bool {
    (1...32).contains(name.count)
      && name.allSatisfy {
        (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
  }

  private static func isStatement(_ statement: CBOR, of format: [UInt8]) -> Bool {
    switch statement {
    case .map(let pairs): pairs.isEmpty || !format.elementsEqual("none".utf8)
    case .list: format.elementsEqual("compound".utf8)
    default: false
    }
  }
}
