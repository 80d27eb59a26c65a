/// The key above all others of one installation: 32 random bytes that never enter the data folder or its
/// backups.
package struct RootKey: Sendable, Hashable, Unprintable {
  package static let length = 32

  /// For writing the key file and nothing else.
  package let bytes: [UInt8]

  package static func generate() -> RootKey { RootKey(unchecked: Sodium.randomBytes(length)) }

  /// Refuses (nil) any other length than 32.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == RootKey.length else { return nil }
    self.init(unchecked: Array(bytes))
  }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// For the recovery sheet: 14 groups of four letters and digits, the last a check on the others.
  ///
  /// Crockford's base 32 (no I, L, O, U): 256 bits of key, four zero bits, then the first 20 bits of SHA-256
  /// over `cloakroom root key` and the key.
  package var recoveryCode: String {
    let text = Base32.crockford.encode(bytes) + checkGroup
    var groups: [Substring] = []
    var rest = text[...]
    while !rest.isEmpty {
      groups.append(rest.prefix(4))
      rest = rest.dropFirst(4)
    }
    return groups.joined(separator: "-")
  }

  /// Reads a typed recovery code: any case, any spaces or dashes, O for 0, I and L for 1.
  ///
  /// - Throws: ``VaultFault/mistyped`` for a wrong length, character or check group.
  package init(recoveryCode: String) throws(VaultFault) {
    let typed = recoveryCode.filter { !$0.isWhitespace && $0 != "-" }
    guard
      typed.utf8.count == 56,
      let bytes = Base32.crockford.decode(typed.prefix(52)),
      let key = RootKey(bytes: bytes),
      Base32.crockford.encode(bytes) + key.checkGroup == Base32.crockford.tidied(typed)
    else { throw .mistyped }
    self = key
  }

  private var checkGroup: String {
    let check = Hash32(of: Array("cloakroom root key".utf8) + bytes)
    return String(Base32.crockford.encode(check.bytes).prefix(4))
  }
}
