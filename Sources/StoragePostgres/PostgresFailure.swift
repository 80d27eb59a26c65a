import CPostgres
import Storage

/// What the server said about the first command of a flight that failed.
struct PostgresFailure: Error {
  let command: Command
  /// Five characters; nil when the connection was lost without a word.
  let sqlstate: String?
  let constraint: String?
  let table: String?
  let column: String?

  enum Command: Equatable {
    case statement
    /// The statement whose answer was waited for: the last of its flight.
    case awaited
    case commit
  }

  /// What follows from it for the act.
  var consequence: PostgresConsequence {
    guard let sqlstate else { return .lost(isCommitUnknown: command == .commit) }
    switch sqlstate {
    // Ended by an administrator, a crash, or for standing still; or a server that has become a standby.
    case "57P01", "57P02", "57P03", "57P05", "25P03", "25006", "08006", "08003", "08P01":
      return .lost(isCommitUnknown: command == .commit)
    // A statement that this connection no longer knows, or a table that was changed under it.
    case "26000", "0A000": return .stale
    // Two acts waited for each other, or wrote the same.
    case "40001", "40P01": return .again
    default: return .fault(fault(sqlstate))
    }
  }

  /// The server's words become ours; no value and no statement goes with them.
  private func fault(_ sqlstate: String) -> StorageFault {
    switch sqlstate {
    case "23503": .constraint("FOREIGN KEY constraint failed")
    case "23502": .constraint("\(table ?? "").\(column ?? "")")
    case _ where sqlstate.hasPrefix("23"): .constraint(constraint ?? sqlstate)
    default: .away("postgres \(sqlstate)")
    }
  }
}

enum PostgresConsequence: Error {
  /// The connection is gone. Unknown: COMMIT was sent and nobody can tell whether it was done.
  case lost(isCommitUnknown: Bool)
  /// Another connection will do.
  case stale
  /// The same act will pass when it is run again.
  case again
  /// A statement that was not waited for was refused: only an act whose every statement is waited for can say where.
  case careful
  case fault(StorageFault)
}

extension PostgresFailure {
  init(_ command: Command, _ result: OpaquePointer) {
    func field(_ code: Int32) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
    // The codes of postgres_ext.h, which are characters.
    self.command = command
    sqlstate = field(Int32(UInt8(ascii: "C")))
    constraint = field(Int32(UInt8(ascii: "n")))
    table = field(Int32(UInt8(ascii: "t")))
    column = field(Int32(UInt8(ascii: "c")))
  }

  /// COMMIT found a transaction that had failed before (`in_failed_sql_transaction`).
  static let isOver = PostgresFailure(
    command: .commit,
    sqlstate: "25P02",
    constraint: nil,
    table: nil,
    column: nil
  )

  static func silence(_ command: Command) -> PostgresFailure {
    PostgresFailure(command: command, sqlstate: nil, constraint: nil, table: nil, column: nil)
  }
}
