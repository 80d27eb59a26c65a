import CPostgres
import Storage

extension PostgresConnection {
  /// Runs several statements of a migration, which pipeline mode does not allow.
  ///
  /// - Throws: ``StorageFault/schema(_:)`` with the server's words; nobody's data is in a migration.
  func script(_ text: String) throws {
    try settle()
    guard PQexitPipelineMode(handle) == 1 else { throw isGone() }
    defer { PQenterPipelineMode(handle) }
    let result = PQexec(handle, text)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
      let words = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
      throw StorageFault.schema(words ?? "the connection was lost during a migration")
    }
  }
}
