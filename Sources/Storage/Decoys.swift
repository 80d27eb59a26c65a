package import Primitives

/// A customer who is nobody, planted so that whoever is shown one stands out.
package struct DecoyRow: Sendable {
  package let contact: ContactRecord
  package let plantedBy: Slug
  package let plantedAt: Instant
}

extension Records {
  /// All of them, the newest first.
  package func decoys() throws -> [DecoyRow] {
    try all(
      """
      SELECT \(ContactRecord.columns), decoy.planted_by, decoy.planted_at
      FROM decoy JOIN contact ON contact.subject = decoy.subject ORDER BY contact.number DESC
      """
    ) { row in
      DecoyRow(
        contact: try contactRecord(row, from: 0),
        plantedBy: try row.slug(contactColumnCount),
        plantedAt: row.instant(contactColumnCount + 1)
      )
    }
  }

  /// Whether one of these subjects is nobody.
  package func hasDecoy(among subjects: [Identifier]) throws -> Bool {
    guard !subjects.isEmpty else { return false }
    let listed = subjects.map { Value.blob($0.bytes) }
    return try first("SELECT 1 FROM decoy WHERE subject IN (\(list: listed)) LIMIT 1") { _ in true } ?? false
  }
}

extension Changes {
  /// Makes an added contact one that is nobody.
  package func addDecoy(_ subject: Identifier, by staff: Slug, at now: Instant) throws {
    try write(
      "INSERT INTO decoy (subject, planted_by, planted_at) VALUES (\(subject), \(staff), \(now))"
    )
  }

  /// Takes a decoy away with its contact; its keys are to be destroyed next.
  ///
  /// - Returns: false when there is none of that subject.
  package func removeDecoy(_ subject: Identifier) throws -> Bool {
    guard try run("DELETE FROM decoy WHERE subject = \(subject)") == 1 else { return false }
    try write("DELETE FROM contact WHERE subject = \(subject)")
    try write("INSERT INTO erased_subject (subject) VALUES (\(subject))")
    return true
  }
}

extension ContactRecord {
  /// That a contact is somebody: files and counts are of those alone.
  static let isSomebody = SQLText(
    "NOT EXISTS (SELECT 1 FROM decoy WHERE decoy.subject = contact.subject)"
  )
}
