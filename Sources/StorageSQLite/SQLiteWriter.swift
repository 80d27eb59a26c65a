import Foundation
import GRDB
import Primitives
import Storage

/// The one thread that writes this process's changes, merging those that wait into one commit.
///
/// A thread of its own and not a task: GRDB interrupts SQLite when a task is cancelled, and a caller who hangs up must
/// not undo his neighbours. Nobody is answered before COMMIT.
final class SQLiteWriter: Sendable {
  /// The most acts in one commit; bounds how long the first of them waits.
  private static let mostMerged = 128

  private let waiting = WaitingChanges()

  init(queue: DatabaseQueue, checkpoint: CheckpointMaker?, trace: StatementTrace?) {
    let waiting = waiting
    let thread = Thread {
      queue.inDatabase { database in
        let transaction = SQLiteTransaction(SQLiteConnection(database, trace: trace), checkpoint: checkpoint)
        while let changes = waiting.take(atMost: SQLiteWriter.mostMerged) {
          SQLiteWriter.commit(changes, in: transaction, waiting)
        }
      }
      try? queue.close()
      waiting.writerEnded()
    }
    thread.name = "cloakroom.writer"
    thread.stackSize = 1 << 20
    thread.start()
  }

  func change<Answer: Sendable>(
    _ body: @escaping @Sendable (any Changes) throws -> Answer
  ) async throws -> Answer {
    try await withUnsafeThrowingContinuation { continuation in
      let change = WaitingChange(body, continuation)
      if !waiting.add(change) { continuation.resume(throwing: StorageFault.away("closed")) }
    }
  }

  /// Ends the thread after the changes that already wait; later ones are refused.
  func stop() { waiting.end() }

  private static func commit(
    _ changes: [any AnyWaitingChange],
    in transaction: SQLiteTransaction,
    _ waiting: WaitingChanges
  ) {
    do {
      try transaction.begin()
    } catch {
      // The file is held or damaged for all alike, for those too that came meanwhile: to wait again for each of them
      // would only make the queue longer.
      transaction.rollBack()
      for change in changes + waiting.takeAll() { change.refuse(error) }
      return
    }
    do {
      for change in changes { try transaction.run(change) }
      try transaction.commit()
      for change in changes { change.answer() }
    } catch {
      transaction.rollBack()
      guard changes.count > 1 else {
        for change in changes { change.refuse(error) }
        return
      }
      // The whole commit failed (disk full, I/O): each alone, so that only those that cannot be kept are refused.
      for change in changes { commit([change], in: transaction, waiting) }
    }
  }
}
