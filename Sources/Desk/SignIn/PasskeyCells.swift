import People
import Primitives
import Storage
import Vault

extension Desk {
  /// A passkey as it is stored: whose it is, which credential and which key are sealed together, so that no
  /// row can be made or moved to somebody else without the keys of the business.
  func passkeyRow(_ passkey: NewPasskey, label: String, of staff: Slug, at now: Instant) throws -> PasskeyRow
  {
    let id = Identifier(at: now)
    let cells = ring.businessCells(.credentials)
    let sealed = SealedPasskey(
      staff: staff,
      credential: passkey.credential,
      publicKey: passkey.publicKey,
      isSyncable: passkey.isSyncable
    )
    return PasskeyRow(
      id: id,
      staff: staff,
      credential: passkey.credential,
      publicKey: try cells.seal(sealed.text, at: PasskeyRow.cell("public_key", id)),
      label: try cells.seal(label, at: PasskeyRow.cell("label", id)),
      signCount: passkey.signCount,
      synced: passkey.isSynced,
      madeAt: now,
      usedAt: nil
    )
  }

  /// What is believed of a stored passkey; nil when the row says another person or credential than was
  /// sealed.
  func opened(_ row: PasskeyRow) throws -> SealedPasskey? {
    let text = try ring.businessCells(.credentials).open(row.publicKey, at: row.cell("public_key"))
    guard let sealed = SealedPasskey(text) else { throw StorageFault.damaged("passkey.public_key") }
    return sealed.staff == row.staff && sealed.credential == row.credential ? sealed : nil
  }

  func label(of row: PasskeyRow) throws -> String {
    try ring.businessCells(.credentials).open(row.label, at: row.cell("label"))
  }
}

/// What the cell `passkey.public_key` holds: `staff␟credential␟key␟syncable`, bytes in base 64.
struct SealedPasskey: Sendable, Hashable {
  let staff: Slug
  let credential: [UInt8]
  /// A COSE_Key (RFC 9052 §7) in canonical CBOR.
  let publicKey: [UInt8]
  /// The flag BE of its making, which never changes.
  let isSyncable: Bool

  init(staff: Slug, credential: [UInt8], publicKey: [UInt8], isSyncable: Bool) {
    self.staff = staff
    self.credential = credential
    self.publicKey = publicKey
    self.isSyncable = isSyncable
  }

  init?(_ text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false)
    guard parts.count == 4, let staff = Slug(parts[0]), let credential = Base64.decodeURL(parts[1]),
      let publicKey = Base64.decodeURL(parts[2]), ["0", "1"].contains(parts[3])
    else { return nil }
    self.init(staff: staff, credential: credential, publicKey: publicKey, isSyncable: parts[3] == "1")
  }

  var text: String {
    [staff.text, Base64.encodeURL(credential), Base64.encodeURL(publicKey), isSyncable ? "1" : "0"]
      .joined(separator: "\u{1F}")
  }
}

extension PasskeyRow {
  static func cell(_ column: String, _ id: Identifier) -> Cell {
    Cell(table: "passkey", column: column, row: id, rowVersion: 1, class: .credentials)
  }

  func cell(_ column: String) -> Cell { PasskeyRow.cell(column, id) }
}
