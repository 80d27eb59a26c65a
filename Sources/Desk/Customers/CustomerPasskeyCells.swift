import People
import Primitives
import Storage
import Vault

extension CustomerPasskeyRow {
  /// A customer's passkey as it is stored. Credential and key are sealed together under the contact's own keys, so that no row
  /// can be made or moved to another contact without them, and that it goes when they are destroyed.
  init(_ passkey: NewPasskey, _ keys: SubjectKeys, at now: Instant) throws {
    let id = Identifier(at: now)
    let parts = [
      Base64.encodeURL(passkey.credential), Base64.encodeURL(passkey.publicKey),
      passkey.isSyncable ? "1" : "0",
    ]
    self.init(
      id: id,
      subject: keys.subject,
      credential: passkey.credential,
      publicKey: try keys.seal(
        parts.joined(separator: "\u{1F}"),
        at: CustomerPasskeyRow.cell(id)
      ),
      signCount: passkey.signCount,
      madeAt: now
    )
  }

  /// What is believed of it; nil when the row says another credential than was sealed.
  func open(_ keys: SubjectKeys) throws -> (publicKey: [UInt8], isSyncable: Bool)? {
    let parts = try keys.open(publicKey, at: CustomerPasskeyRow.cell(id)).split(separator: "\u{1F}")
    guard parts.count == 3, let sealed = Base64.decodeURL(parts[0]), let key = Base64.decodeURL(parts[1])
    else {
      throw StorageFault.damaged("customer_passkey.public_key")
    }
    return sealed == credential ? (key, parts[2] == "1") : nil
  }

  private static func cell(_ id: Identifier) -> Cell {
    Cell(table: "customer_passkey", column: "public_key", row: id, rowVersion: 1, class: .p1)
  }
}
