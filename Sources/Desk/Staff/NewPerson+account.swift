import Primitives
import Storage
import Vault

extension NewPerson {
  /// Sealed for an account that is new.
  func sealedEmail(_ keys: SubjectKeys) throws -> Sealed {
    try keys.seal(email.text, at: StaffAccount.emailCell(keys.subject, 1))
  }

  func sealedReason(_ keys: SubjectKeys) throws -> Sealed? {
    try mailboxReason.map { try keys.seal($0, at: StaffAccount.mailboxReasonCell(keys.subject, 1)) }
  }
}

extension StaffAccount {
  /// Somebody who has nothing to sign in with yet.
  init(new id: Slug, email: Sealed, _ keys: SubjectKeys) {
    self.init(
      id: id,
      subject: keys.subject,
      rowVersion: 1,
      email: email,
      active: true,
      password: nil,
      totpSecret: nil,
      totpStep: 0
    )
  }

  /// The reason belongs to the address: a new address ends it.
  static func mailboxReasonCell(_ subject: Identifier, _ rowVersion: Int) -> Cell {
    Cell(table: "staff", column: "mailbox_reason", row: subject, rowVersion: rowVersion, class: .p1)
  }

  func mailboxReasonCell() -> Cell { StaffAccount.mailboxReasonCell(subject, rowVersion) }
}
