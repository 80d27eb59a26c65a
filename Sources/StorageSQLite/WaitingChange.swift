import Foundation
import Storage

/// A change that waits for the writer, its type hidden.
protocol AnyWaitingChange: AnyObject, Sendable {
  /// Runs the body; what it threw is kept for ``answer()``.
  ///
  /// - Throws: the body's fault, after which the writer undoes this change alone.
  func perform(_ changes: any Changes) throws
  /// Tells the caller, after COMMIT.
  func answer()
  /// Tells the caller that the commit failed.
  func refuse(_ error: any Error)
}

/// Touched by the caller once, before it is queued, and by the writer thread afterwards.
final class WaitingChange<Answer: Sendable>: AnyWaitingChange, @unchecked Sendable {
  private let body: @Sendable (any Changes) throws -> Answer
  private let continuation: UnsafeContinuation<Answer, any Error>
  private var outcome: Result<Answer, any Error>?

  init(
    _ body: @escaping @Sendable (any Changes) throws -> Answer,
    _ continuation: UnsafeContinuation<Answer, any Error>
  ) {
    self.body = body
    self.continuation = continuation
  }

  func perform(_ changes: any Changes) throws {
    do {
      outcome = .success(try body(changes))
    } catch {
      outcome = .failure(error)
      throw error
    }
  }

  func answer() {
    continuation.resume(with: outcome ?? .failure(StorageFault.away("not run")))
  }

  func refuse(_ error: any Error) {
    continuation.resume(throwing: error)
  }
}

/// The queue in front of the writer thread.
final class WaitingChanges: @unchecked Sendable {
  // Unchecked because the compiler cannot see that `condition` guards both variables.
  private let condition = NSCondition()
  private var changes: [any AnyWaitingChange] = []
  private var ended = false

  /// False when the writer has been stopped.
  func add(_ change: any AnyWaitingChange) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard !ended else { return false }
    changes.append(change)
    if changes.count == 1 { condition.signal() }
    return true
  }

  /// Waits for work; nil once stopped and empty.
  func take(atMost most: Int) -> [any AnyWaitingChange]? {
    condition.lock()
    defer { condition.unlock() }
    while changes.isEmpty {
      guard !ended else { return nil }
      condition.wait()
    }
    guard changes.count > most else {
      let all = changes
      changes.removeAll(keepingCapacity: true)
      return all
    }
    let some = Array(changes.prefix(most))
    changes.removeFirst(most)
    return some
  }

  /// Those that wait at this moment; does not wait for any.
  func takeAll() -> [any AnyWaitingChange] {
    condition.lock()
    defer { condition.unlock() }
    defer { changes.removeAll() }
    return changes
  }

  func end() {
    condition.lock()
    ended = true
    condition.broadcast()
    while !writerHasEnded { condition.wait() }
    condition.unlock()
  }

  private var writerHasEnded = false

  func writerEnded() {
    condition.lock()
    writerHasEnded = true
    condition.broadcast()
    condition.unlock()
  }
}
