import GRDB
import Storage
import Synchronization

/// A handful of read-only connections, each lent to one caller at a time.
final class SQLiteReaders: Sendable {
  private let readers: [Reader]
  private let next = Atomic<Int>(0)
  private let trace: StatementTrace?

  init(count: Int, trace: StatementTrace?, open: () throws -> DatabaseQueue) throws {
    readers = try (0..<count).map { _ in Reader(try open()) }
    self.trace = trace
  }

  /// Runs `body` on the calling thread; `inSnapshot` all its statements see one state.
  func lend<Answer>(inSnapshot: Bool = true, _ body: (any Records) throws -> Answer) throws -> Answer {
    let reader = take()
    defer { reader.isLent.store(false, ordering: .releasing) }
    return try reader.queue.inDatabase { database in
      let connection = SQLiteConnection(database, trace: trace)
      guard inSnapshot else { return try body(connection) }
      return try connection.transaction("BEGIN") { try body(connection) }
    }
  }

  func close() throws {
    for reader in readers { try reader.queue.close() }
  }

  /// One that nobody holds; when all are lent, the next in turn, whose queue then makes the caller wait.
  private func take() -> Reader {
    for reader in readers
    where reader.isLent.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged {
      return reader
    }
    let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return readers[Int(UInt(bitPattern: turn) % UInt(readers.count))]
  }
}

private final class Reader: Sendable {
  let queue: DatabaseQueue
  let isLent = Atomic<Bool>(false)

  init(_ queue: DatabaseQueue) { self.queue = queue }
}
