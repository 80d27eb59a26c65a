import Audit
import Foundation
import Primitives
import Privacy
import Storage
import TestKit
import Testing
import Vault

@testable import Desk

/// One audit entry as a test reads it.
struct Entry: Hashable {
  let act: String
  let outcome: String
  let actor: String
  let records: [String]
  let fields: [String]
  let count: Int?
  let text: String
}

extension Shop {
  /// The entries in the tree, with all that have been committed by now.
  func entries(from first: Int = 0) async throws -> [Entry] {
    _ = try await desk.store.auditHead()
    return try await raw.read { records in
      var entries: [Entry] = []
      try records.auditEntries(from: first) { _, bytes in
        let json = try #require(CanonicalJSON(bytes))
        entries.append(
          Entry(
            act: try #require(json["act"]?.string),
            outcome: try #require(json["outcome"]?.string),
            actor: try #require(json["actor"]?.string),
            records: try #require(json["records"]?.strings),
            fields: try #require(json["fields"]?.strings),
            count: json["count"]?.integer,
            text: String(decoding: bytes, as: UTF8.self)
          )
        )
      }
      return entries
    }
  }

  /// The first column of a query, as text.
  func texts(_ query: String) async throws -> [String] {
    try await raw.read { try $0.all(SQL(unchecked: query)) { $0.text(0) } }
  }

  /// The first column of a query, as bytes; none for NULL.
  func blobs(_ query: String) async throws -> [[UInt8]] {
    try await raw.read { try $0.all(SQL(unchecked: query)) { $0.optionalBytes(0) ?? [] } }
  }

  func count(_ table: String) async throws -> Int {
    try await raw.read { try $0.first(SQL(unchecked: "SELECT count(*) FROM \(table)")) { $0.int(0) } } ?? 0
  }

  /// Changes the file behind the desk's back.
  @discardableResult
  func tamper(_ statement: String) async throws -> Int {
    try await raw.change { try $0.run(SQL(unchecked: statement)) }
  }

  /// Runs an act that must leave exactly one entry, of this act and outcome; a refusal must carry the same code.
  @discardableResult
  func leaves<Answer>(
    _ act: ActName,
    _ refusal: RefusalCode? = nil,
    at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Answer
  ) async throws -> Answer? {
    let before = try await entries().count
    var answer: Answer?
    do {
      answer = try await body()
      #expect(refusal == nil, "it was not refused", sourceLocation: location)
    } catch let refused as Refusal {
      #expect(refused.code == refusal, sourceLocation: location)
    }
    let entries = try await entries(from: before)
    #expect(entries.map(\.act) == [act.rawValue], sourceLocation: location)
    #expect(entries.map(\.outcome) == [refusal?.rawValue ?? "done"], sourceLocation: location)
    return answer
  }

  /// Runs something that shows no personal data and changes nothing: no entry.
  @discardableResult
  func leavesNothing<Answer>(
    at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Answer
  ) async throws -> Answer {
    let before = try await entries().count
    let answer = try await body()
    #expect(try await entries().count == before, sourceLocation: location)
    return answer
  }

  /// Reads the whole tree as `cloakroom verify-audit` does.
  func audit(witnesses: [String] = []) async throws -> AuditReport {
    _ = try await desk.store.auditHead()
    let key = try #require(desk.ring.checkpointSigner.verificationKey(name: "cloakroom/\(desk.business)"))
    return try await raw.read { records in
      let head = try #require(try records.auditHead())
      var verifier = AuditVerifier(key: key, checkpoints: [head.checkpoint] + witnesses)
      try records.auditEntries(from: 0) { verifier.feed(sequence: $0, entry: $1) }
      return verifier.report(size: head.size, root: Hash32(bytes: head.root), frontier: head.frontier)
    }
  }
}

extension Shop {
  /// Every row of every table as text, but for the audit tree and the counters that rise before a password is looked at.
  func picture() async throws -> [String] {
    let tables = Dictionary(grouping: Register.data.columns, by: \.table)
      .filter {
        !$0.key.hasPrefix("audit_") && !["sign_in_failure", "reading_volume", "migration"].contains($0.key)
      }
      .mapValues { $0.map(asText).joined(separator: " || ' ' || ") }
      .sorted { $0.key < $1.key }
    return try await raw.read { records in
      try tables.flatMap { table, columns in
        try records.all(SQL(unchecked: "SELECT \(columns) FROM \(table) ORDER BY 1")) {
          "\(table) \($0.text(0))"
        }
      }
    }
  }

  private func asText(_ column: RegisteredColumn) -> String {
    switch place.engine {
    case .sqlite: "quote(\"\(column.column)\")"
    case .postgres: "coalesce(\"\(column.column)\"::text, 'NULL')"
    }
  }

  /// What erasing a customer does to the second database.
  func destroyKeys(of subject: Identifier) async throws {
    let keys = try await place.open(.keys)
    let deleted = try await keys.change { try $0.run("DELETE FROM subject_key WHERE subject = \(subject)") }
    try keys.close()
    #expect(deleted == 1)
  }
}
