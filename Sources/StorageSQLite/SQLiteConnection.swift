import Foundation
import GRDB
import Primitives
import Storage

/// One connection: statements are prepared once, values always bound.
///
/// Used by one thread at a time: a reader lends it out whole, the writer owns its own.
final class SQLiteConnection: Records {
  fileprivate let database: Database
  private let trace: StatementTrace?

  init(_ database: Database, trace: StatementTrace?) {
    self.database = database
    self.trace = trace
  }

  func rows(_ sql: Storage.SQL, _ each: (any Storage.Row) throws -> Void) throws {
    trace?(sql.text)
    try SQLiteConnection.translatingFaults {
      let statement = try database.cachedStatement(sql: sql.text)
      let cursor = try Row.fetchCursor(statement, arguments: SQLiteConnection.arguments(sql.values))
      while let row = try cursor.next() {
        try each(SQLiteRow(row: row))
      }
    }
  }

  /// The number of rows changed.
  func run(_ sql: Storage.SQL) throws -> Int {
    trace?(sql.text)
    return try SQLiteConnection.translatingFaults {
      let statement = try database.cachedStatement(sql: sql.text)
      try statement.execute(arguments: SQLiteConnection.arguments(sql.values))
      return database.changesCount
    }
  }

  /// Transaction control and pragmas, which belong to no act.
  func control(_ text: String) throws {
    try SQLiteConnection.translatingFaults { try database.cachedStatement(sql: text).execute() }
  }

  /// Several statements of a migration.
  func script(_ text: String) throws {
    try SQLiteConnection.translatingFaults { try database.execute(sql: text) }
  }

  var isInsideTransaction: Bool { database.isInsideTransaction }

  fileprivate static func arguments(_ values: [Value]) -> StatementArguments {
    StatementArguments(
      values.map { value in
        switch value {
        case .null: DatabaseValue.null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
      }
    )
  }

  /// SQLite's words become ours; no value and no statement goes with them.
  private static func translatingFaults<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw fault(of: error)
    }
  }

  static func fault(of error: DatabaseError) -> StorageFault {
    guard error.resultCode == .SQLITE_CONSTRAINT else {
      return .away("sqlite \(error.extendedResultCode.rawValue)")
    }
    let message = error.message ?? ""
    // A trigger's message is ours; SQLite's own are `UNIQUE constraint failed: booking.idempotency` and the like.
    let name = message.split(separator: ":", maxSplits: 1).last.map(String.init) ?? message
    return .constraint(name.trimmingCharacters(in: .whitespaces))
  }
}

struct SQLiteRow: Storage.Row {
  let row: GRDB.Row

  func int(_ column: Int) -> Int { row[column] as Int }
  func optionalInt(_ column: Int) -> Int? { row[column] as Int? }
  func text(_ column: Int) -> String { row[column] as String }
  func bytes(_ column: Int) -> [UInt8] { optionalBytes(column) ?? [] }
  func optionalBytes(_ column: Int) -> [UInt8]? {
    // The data points into SQLite's own memory and is copied once, here.
    (try? row.withUnsafeData(atIndex: column) { $0.map { [UInt8]($0) } }) ?? nil
  }
}

extension SQLiteConnection {
  /// The head moves as the last step of the commit. It belongs to no act, so no trace sees it.
  func store(_ head: AuditHead) throws {
    let sql = head.storing
    try SQLiteConnection.translatingFaults {
      let statement = try database.cachedStatement(sql: sql.text)
      try statement.execute(arguments: SQLiteConnection.arguments(sql.values))
    }
  }

  /// Runs `body` between `begin` and COMMIT; a throw undoes what it did.
  func transaction<Answer>(_ begin: String, _ body: () throws -> Answer) throws -> Answer {
    try control(begin)
    do {
      let answer = try body()
      try control("COMMIT")
      return answer
    } catch {
      if isInsideTransaction { try control("ROLLBACK") }
      throw error
    }
  }
}
