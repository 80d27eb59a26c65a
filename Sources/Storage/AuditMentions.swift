/// That one entry of the audit record names something: what the index over the record is made of.
package struct AuditMention: Sendable, Hashable {
  /// `booking/…` or another record, or one of the index's own words: `by/…`, `act/…`, `day/…`.
  package let record: String
  package let seq: Int
  /// As the index names who acted: `staff/ona`, `customer`.
  package let actor: String
  /// Whether something was looked at, and not changed or tried.
  package let isLook: Bool

  package init(record: String, seq: Int, actor: String, isLook: Bool) {
    self.record = record
    self.seq = seq
    self.actor = actor
    self.isLook = isLook
  }
}

/// One entry as it is stored, with its number.
package struct NumberedEntry: Sendable, Hashable {
  package let seq: Int
  package let bytes: [UInt8]
}

extension Held {
  /// The end of the index over the audit record.
  fileprivate static let auditIndex = Held(name: "audit-index", isShared: false)
}

extension Records {
  /// The first entry that is not in the index yet.
  package func auditIndexed() throws -> Int {
    try first("SELECT upto FROM audit_indexed WHERE id = 1") { $0.int(0) } ?? 0
  }

  /// Entries from `first` on, in order.
  package func auditEntries(from first: Int, atMost: Int) throws -> [NumberedEntry] {
    try all(
      "SELECT seq, entry FROM audit_entry WHERE seq >= \(first) ORDER BY seq LIMIT \(atMost)",
      numberedEntry
    )
  }

  /// Entries that name any of these records, the newest first; those that looked, or all others.
  ///
  /// - Parameter leftOut: whose entries are not asked for.
  package func auditEntries(
    naming records: [String],
    looks: Bool,
    except leftOut: String = "",
    atMost: Int
  ) throws -> [NumberedEntry] {
    try all(
      """
      SELECT seq, entry FROM audit_entry
      WHERE seq IN (
        SELECT DISTINCT seq FROM audit_mention
        WHERE record IN (\(list: records.map(Value.text))) AND is_look = \(looks) AND actor <> \(leftOut)
        ORDER BY seq DESC LIMIT \(atMost)
      )
      ORDER BY seq DESC
      """,
      numberedEntry
    )
  }

  /// How many entries looked at any of these records.
  package func looks(at records: [String]) throws -> Int {
    try first(
      """
      SELECT count(DISTINCT seq) FROM audit_mention
      WHERE record IN (\(list: records.map(Value.text))) AND is_look = 1
      """
    ) { $0.int(0) } ?? 0
  }

  /// The newest entry of everybody who looked at any of these records.
  package func lastLooks(at records: [String]) throws -> [(actor: String, entry: NumberedEntry)] {
    try all(
      """
      SELECT audit_entry.seq, audit_entry.entry, newest.actor
      FROM (
        SELECT actor, max(seq) AS seq FROM audit_mention
        WHERE record IN (\(list: records.map(Value.text))) AND is_look = 1 GROUP BY actor
      ) AS newest JOIN audit_entry ON audit_entry.seq = newest.seq
      """
    ) { ($0.text(2), numberedEntry($0)) }
  }

  /// Entries below a number that are filed under each of these words, the newest first; without words, any.
  package func auditEntries(under words: [String], before: Int?, atMost: Int) throws -> [NumberedEntry] {
    let before = before ?? .max
    guard let word = words.first else {
      return try all(
        "SELECT seq, entry FROM audit_entry WHERE seq < \(before) ORDER BY seq DESC LIMIT \(atMost)",
        numberedEntry
      )
    }
    var sql: SQL = """
      SELECT audit_entry.seq, audit_entry.entry
      FROM audit_mention JOIN audit_entry ON audit_entry.seq = audit_mention.seq
      WHERE audit_mention.record = \(word) AND audit_mention.seq < \(before)
      """
    for other in words.dropFirst() {
      sql += """
         AND EXISTS (
          SELECT 1 FROM audit_mention AS other WHERE other.record = \(other) AND other.seq = audit_mention.seq
        )
        """
    }
    sql += " ORDER BY audit_mention.seq DESC LIMIT \(atMost)"
    return try all(sql, numberedEntry)
  }
}

extension Changes {
  /// Adds the mentions of the entries from `first` until before `next`. False when somebody else has moved the end of the
  /// index meanwhile, so that nothing was added.
  package func index(_ mentions: [AuditMention], from first: Int, until next: Int) throws -> Bool {
    try hold([.auditIndex])
    guard try auditIndexed() == first else { return false }
    try insert(
      mentions,
      "INSERT INTO audit_mention (record, seq, actor, is_look) VALUES",
      " ON CONFLICT DO NOTHING"
    ) { "(\($0.record), \($0.seq), \($0.actor), \($0.isLook))" }
    try write(
      """
      INSERT INTO audit_indexed (id, upto) VALUES (1, \(next))
      ON CONFLICT (id) DO UPDATE SET upto = excluded.upto
      """
    )
    return true
  }
}

private func numberedEntry(_ row: any Row) -> NumberedEntry {
  NumberedEntry(seq: row.int(0), bytes: row.bytes(1))
}
