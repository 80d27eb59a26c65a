package import Primitives

/// One subject's keys as they are stored: each wrapped under the business's key of its class.
///
/// Destroying every copy of these makes the subject's cells unreadable for good, in old backups too.
package struct WrappedSubjectKeys: Hashable, Sendable {
  package let subject: Identifier
  package let p1: [UInt8]
  package let p2: [UInt8]

  package init(subject: Identifier, p1: [UInt8], p2: [UInt8]) {
    self.subject = subject
    self.p1 = p1
    self.p2 = p2
  }
}

extension WrappedSubjectKeys: Unprintable {}

/// One subject's keys, opened.
package struct SubjectKeys: Sendable, Unprintable {
  package let subject: Identifier
  private let p1: CellKeys?
  private let p2: CellKeys?

  init(subject: Identifier, p1: CellKeys?, p2: CellKeys?) {
    self.subject = subject
    self.p1 = p1
    self.p2 = p2
  }

  /// As ``CellKeys/seal(_:at:)``, with the key of the cell's class.
  package func seal(_ text: String, at cell: Cell) throws(VaultFault) -> Sealed {
    try keys(for: cell).seal(text, at: cell)
  }

  /// As ``CellKeys/open(_:at:)``, with the key of the cell's class.
  package func open(_ sealed: Sealed, at cell: Cell) throws(VaultFault) -> String {
    try keys(for: cell).open(sealed, at: cell)
  }

  private func keys(for cell: Cell) throws(VaultFault) -> CellKeys {
    guard cell.class.belongsToSubject else { throw .wrongPlace }
    guard let keys = cell.class == .p1 ? p1 : p2 else { throw .noKey }
    return keys
  }
}
