package import Primitives
package import Vault

/// The rows of the `keys` database.
extension Records {
  /// The newest wrapped business key; nil for a business that was not set up.
  package func businessKey() throws -> WrappedBusinessKey? {
    try first("SELECT version, wrapped, commitment FROM business_key ORDER BY version DESC LIMIT 1") { row in
      WrappedBusinessKey(version: row.int(0), wrapped: row.bytes(1), commitment: row.bytes(2))
    }
  }

  package func subjectKeys(_ subjects: [Identifier]) throws -> [WrappedSubjectKeys] {
    guard !subjects.isEmpty else { return [] }
    return try all(
      "SELECT subject, p1, p2 FROM subject_key WHERE subject IN (\(list: subjects.map { .blob($0.bytes) }))",
      wrappedKeys
    )
  }

  package func blankCount() throws -> Int {
    try first("SELECT count(*) FROM subject_key WHERE taken_at IS NULL") { $0.int(0) } ?? 0
  }
}

extension Changes {
  package func add(_ key: WrappedBusinessKey, at now: Instant) throws {
    try write(
      """
      INSERT INTO business_key (version, wrapped, commitment, made_at)
      VALUES (\(key.version), \(key.wrapped), \(key.commitment), \(now))
      """
    )
  }

  /// - Parameter takenAt: for keys that are named by a contact of the same act; nil for keys made ahead.
  package func addBlanks(_ keys: [WrappedSubjectKeys], takenAt: Instant? = nil) throws {
    try insert(keys, "INSERT INTO subject_key (subject, p1, p2, taken_at) VALUES") {
      "(\($0.subject), \($0.p1), \($0.p2), \(takenAt))"
    }
  }

  /// Makes blanks that were taken and not used free again.
  package func giveBackBlanks(_ blanks: [WrappedSubjectKeys]) throws {
    for blank in blanks {
      try write("UPDATE subject_key SET taken_at = NULL WHERE subject = \(blank.subject)")
    }
  }

  /// Takes up to `most` blanks for this server process; nobody else gets the same.
  package func takeBlanks(atMost most: Int, at now: Instant) throws -> [WrappedSubjectKeys] {
    // Two that take at once would choose the same, and the later of them get none.
    try hold([.blanks])
    return try all(
      """
      UPDATE subject_key SET taken_at = \(now)
      WHERE subject IN (SELECT subject FROM subject_key WHERE taken_at IS NULL LIMIT \(most)) AND taken_at IS NULL
      RETURNING subject, p1, p2
      """,
      wrappedKeys
    )
  }
}

private func wrappedKeys(_ row: any Row) throws -> WrappedSubjectKeys {
  WrappedSubjectKeys(subject: try row.identifier(0), p1: row.bytes(1), p2: row.bytes(2))
}
