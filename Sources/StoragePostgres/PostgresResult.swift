import CPostgres
import Storage

/// A result of libpq, cleared when nobody needs it any more.
final class PostgresResult {
  private let result: OpaquePointer?

  init(_ result: OpaquePointer?) { self.result = result }

  deinit { PQclear(result) }

  func rows(_ each: (any Row) throws -> Void) throws {
    guard let result else { return }
    for number in 0..<PQntuples(result) { try each(PostgresRow(result: result, number: number)) }
  }

  /// How many rows a writing statement changed.
  var changed: Int {
    guard let result, let count = PQcmdTuples(result) else { return 0 }
    return Int(String(cString: count)) ?? 0
  }
}
