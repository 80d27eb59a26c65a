package import Primitives

/// One database of one business: the seam that both engines fill.
///
/// A body is synchronous, so nothing can slip between check and act; it may be run a second time when a merged commit
/// fails, a connection is lost or two acts wait for each other, so it changes nothing but the records it is given.
package protocol Store: Sendable {
  /// Reads from one snapshot, outside the writer.
  func read<Answer: Sendable>(_ body: @escaping @Sendable (any Records) throws -> Answer) async throws
    -> Answer

  /// Reads by one statement, which is a snapshot by itself; a second one may see a later state.
  func ask<Answer: Sendable>(_ body: @escaping @Sendable (any Records) throws -> Answer) async throws
    -> Answer

  /// Runs `body` in a transaction and answers after COMMIT: everything it wrote is durable, or none of it.
  func change<Answer: Sendable>(_ body: @escaping @Sendable (any Changes) throws -> Answer) async throws
    -> Answer

  /// The newest committed head of the audit tree.
  func auditHead() async throws -> AuditHead

  /// Lets go of the copies of deleted rows that the engine keeps beside its tables, as far as nobody reads them just now.
  func dropOldCopies() async throws

  func close() throws
}

extension Store {
  package func dropOldCopies() async throws {}
}

/// Statements that read.
package protocol Records {
  /// Calls `each` for every row; the row is valid only inside the call.
  func rows(_ sql: SQL, _ each: (any Row) throws -> Void) throws
}

/// Statements that read and write, inside one act's transaction.
package protocol Changes: Records {
  /// Holds what the act is going to decide about until its transaction ends; before the first reading that the decision
  /// rests on. Waits for whoever holds it now.
  func hold(_ things: [Held]) throws

  /// Runs one writing statement; the number of rows it changed.
  @discardableResult
  func run(_ sql: SQL) throws -> Int

  /// Runs one writing statement, however many rows it changes.
  ///
  /// An engine may put off asking the server until something is read or the act is committed. A refusal then undoes the
  /// act and runs it again with nothing put off, so that an act that catches it sees it here.
  func write(_ sql: SQL) throws

  /// Runs the deciding part of an act. When it throws, its writes are rolled back and the transaction goes on, so that
  /// the refusal's own entry can be recorded. At most once an act, before any other write.
  func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer

  /// Appends one audit entry (canonical JSON) to the business's tree, in this transaction.
  func record(_ entry: [UInt8]) throws
}

extension Changes {
  package func write(_ sql: SQL) throws { try run(sql) }
}

/// Sees the text of every statement an act runs; for the tests that count them.
package typealias StatementTrace = @Sendable (String) -> Void

/// Columns of one row by position, from 0. Asking for the wrong type is a fault of ours and stops the program in debug.
package protocol Row {
  func int(_ column: Int) -> Int
  func optionalInt(_ column: Int) -> Int?
  func text(_ column: Int) -> String
  func bytes(_ column: Int) -> [UInt8]
  func optionalBytes(_ column: Int) -> [UInt8]?
}

extension Row {
  package func instant(_ column: Int) -> Instant { Instant(seconds: Int64(int(column))) }
  package func optionalInstant(_ column: Int) -> Instant? {
    optionalInt(column).map { Instant(seconds: Int64($0)) }
  }
  package func bool(_ column: Int) -> Bool { int(column) != 0 }
  /// - Throws: ``StorageFault/damaged(_:)`` when the bytes are no identifier.
  package func identifier(_ column: Int) throws -> Identifier {
    guard let identifier = Identifier(bytes: bytes(column)) else { throw StorageFault.damaged("identifier") }
    return identifier
  }
  package func optionalIdentifier(_ column: Int) throws -> Identifier? {
    optionalBytes(column) == nil ? nil : try identifier(column)
  }
  package func slug(_ column: Int) throws -> Slug {
    guard let slug = Slug(text(column)) else { throw StorageFault.damaged("slug") }
    return slug
  }
}

extension Records {
  /// The first row, or nil.
  package func first<Answer>(_ sql: SQL, _ read: (any Row) throws -> Answer) throws -> Answer? {
    var answer: Answer?
    try rows(sql) { if answer == nil { answer = try read($0) } }
    return answer
  }

  package func all<Answer>(_ sql: SQL, _ read: (any Row) throws -> Answer) throws -> [Answer] {
    var answers: [Answer] = []
    try rows(sql) { answers.append(try read($0)) }
    return answers
  }
}

/// What went wrong on our side or the disk's. Never shown to people; `description` names no value.
package enum StorageFault: Error, Hashable {
  /// A constraint of the schema refused a row; the name is that of the constraint (`occupied`, `booking.idempotency`).
  case constraint(String)
  /// The database cannot be read or written now.
  case away(String)
  /// Something stored does not have the form it must have.
  case damaged(String)
  /// The schema is older or newer than this program, or has columns that the register does not know.
  case schema(String)
}

/// The committed state of the audit tree.
package struct AuditHead: Sendable, Hashable {
  package let size: Int
  package let root: [UInt8]
  package let frontier: [UInt8]
  /// C2SP signed note.
  package let checkpoint: String

  package init(size: Int, root: [UInt8], frontier: [UInt8], checkpoint: String) {
    self.size = size
    self.root = root
    self.frontier = frontier
    self.checkpoint = checkpoint
  }
}
