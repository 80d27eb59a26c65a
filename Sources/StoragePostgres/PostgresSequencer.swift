import Audit
import Foundation
import Storage

/// Brings the audit entries that acts have committed into the tree, in order.
///
/// Every server process has one; whoever locks the head's row does the work, and the head moves only from the size that
/// was read (compare and set). One that was stopped in the middle and wakes finds its transaction ended by the server, or
/// the head moved: it cannot fork the tree.
final class PostgresSequencer: @unchecked Sendable {
  // Unchecked because the compiler cannot see that `condition` guards every variable, and that one thread alone has the
  // session.
  private let condition = NSCondition()
  private var isWoken = false
  private var isStopped = false
  private var hasEnded = false
  private var askers: [CheckedContinuation<Void, any Error>] = []

  private let limits: PostgresLimits

  init(
    _ session: PostgresSession,
    _ schema: String,
    _ checkpoint: @escaping CheckpointMaker,
    _ limits: PostgresLimits
  ) {
    self.limits = limits
    let run = PostgresSequence(session: session, schema: schema, checkpoint: checkpoint)
    let hands = Hands(run)
    let thread = Thread { [self] in work(hands.run) }
    thread.name = "postgres.tree"
    thread.stackSize = 1 << 20
    thread.start()
  }

  /// This process has committed an entry.
  func wake() {
    condition.lock()
    if !isWoken {
      isWoken = true
      condition.signal()
    }
    condition.unlock()
  }

  /// Returns when every entry committed before is in the tree.
  func settle() async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      condition.lock()
      if isStopped {
        condition.unlock()
        continuation.resume(throwing: StorageFault.away("closed"))
      } else {
        askers.append(continuation)
        condition.signal()
        condition.unlock()
      }
    }
  }

  func stop(waiting: Bool) {
    condition.lock()
    isStopped = true
    condition.broadcast()
    while waiting, !hasEnded { condition.wait() }
    condition.unlock()
  }

  private func work(_ run: PostgresSequence) {
    while true {
      let (asked, isLast) = next()
      let patience = asked.isEmpty ? Duration.zero : limits.persisting
      let result: Result<Void, any Error> = Result { try run.settle(patience: patience) }
      for asker in asked { asker.resume(with: result) }
      if isLast { break }
    }
    run.session.leave()
    condition.lock()
    hasEnded = true
    condition.broadcast()
    condition.unlock()
  }

  /// Waits until there is something to do: at once for those who ask, a moment after an act, and from time to time for
  /// what a process left behind that is no more.
  private func next() -> (asked: [CheckedContinuation<Void, any Error>], isLast: Bool) {
    condition.lock()
    defer { condition.unlock() }
    let others = Date(timeIntervalSinceNow: limits.sequencing.seconds * 5)
    while !isWoken, askers.isEmpty, !isStopped, condition.wait(until: others) {}
    let together = Date(timeIntervalSinceNow: limits.sequencing.seconds)
    while isWoken, askers.isEmpty, !isStopped, condition.wait(until: together) {}
    isWoken = false
    defer { askers = [] }
    return (askers, isStopped)
  }
}

/// Carries what one thread alone will use into that thread.
private final class Hands: @unchecked Sendable {
  // Unchecked: handed over once, before the thread starts.
  let run: PostgresSequence
  init(_ run: PostgresSequence) { self.run = run }
}
