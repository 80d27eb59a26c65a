import Foundation
import Storage

extension PostgresStore {
  /// What PostgreSQL takes without quoting, except that words of SQL are not looked for.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 63, !text.hasPrefix("pg_") else { return false }
    return !(0x30...0x39).contains(first)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
      }
  }

  /// Connects once and runs `body`, on a thread that ends with it.
  static func onThread<Answer: Sendable>(
    _ address: PostgresAddress,
    _ limits: PostgresLimits,
    _ body: @escaping @Sendable (PostgresConnection) throws -> Answer
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread {
        do {
          continuation.resume(returning: try body(PostgresConnection.open(address, limits)))
        } catch let failure as PostgresFailure {
          continuation.resume(
            throwing: StorageFault.away("postgres \(failure.sqlstate ?? "connection lost")")
          )
        } catch {
          continuation.resume(throwing: error)
        }
      }
      thread.name = "postgres.open"
      thread.start()
    }
  }
}
