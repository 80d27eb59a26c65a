import CPostgres
import Storage

/// One row of a result that arrived in binary form; valid as long as the result.
struct PostgresRow: Row {
  let result: OpaquePointer
  let number: Int32

  func int(_ column: Int) -> Int {
    guard let integer = optionalInt(column) else {
      assertionFailure("column \(column) is NULL")
      return 0
    }
    return integer
  }

  /// Whole numbers of any width; a count is as wide as the server likes.
  func optionalInt(_ column: Int) -> Int? {
    guard let cell = cell(column) else { return nil }
    switch cell.count {
    case 8: return Int(Int64(bigEndian: cell.loadUnaligned(as: Int64.self)))
    case 4: return Int(Int32(bigEndian: cell.loadUnaligned(as: Int32.self)))
    case 2: return Int(Int16(bigEndian: cell.loadUnaligned(as: Int16.self)))
    case 1: return Int(cell[0])
    default:
      assertionFailure("column \(column) holds no integer")
      return 0
    }
  }

  func text(_ column: Int) -> String {
    guard let cell = cell(column) else {
      assertionFailure("column \(column) is NULL")
      return ""
    }
    return String(decoding: cell, as: UTF8.self)
  }

  func bytes(_ column: Int) -> [UInt8] { optionalBytes(column) ?? [] }

  func optionalBytes(_ column: Int) -> [UInt8]? { cell(column).map { [UInt8]($0) } }

  private func cell(_ column: Int) -> UnsafeRawBufferPointer? {
    let column = Int32(truncatingIfNeeded: column)
    guard PQgetisnull(result, number, column) == 0, let start = PQgetvalue(result, number, column) else {
      return nil
    }
    return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, number, column)))
  }
}
