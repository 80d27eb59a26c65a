import Foundation
import Storage

/// A bounded number of connections, each on a thread of its own, and what waits for them.
///
/// libpq blocks, so it never runs on Swift's cooperative pool. Threads are made when work waits and nobody is idle, and
/// end when they were idle for ``PostgresLimits/idle``.
final class PostgresPool: @unchecked Sendable {
  // Unchecked because the compiler cannot see that `condition` guards every variable.
  private let condition = NSCondition()
  private var queue: [any AnyPostgresJob] = []
  /// Where the queue begins; what lies before it has been taken.
  private var first = 0
  /// Those that will still take work, and those that only have their connection to close.
  private var threads = 0
  private var leaving = 0
  private var idle = 0
  private var hasWatch = false
  private var isEnded = false

  private let address: PostgresAddress
  private let limits: PostgresLimits
  private let most: Int
  let outage = PostgresOutage()

  init(_ address: PostgresAddress, _ limits: PostgresLimits, most: Int) {
    self.address = address
    self.limits = limits
    self.most = max(1, most)
  }

  /// Whether more work waits than there are connections for.
  var isBusy: Bool {
    condition.lock()
    defer { condition.unlock() }
    return first < queue.count
  }

  /// Runs `work` on a connection; the caller suspends, until the ticket is finished when there is one.
  ///
  /// - Throws: ``StorageFault/away(_:)`` when no connection was free in time, or the pool is closed.
  func perform<Answer: Sendable>(
    _ work: @escaping @Sendable (PostgresSession) throws -> (Answer, PostgresFlush.Ticket?)
  ) async throws -> Answer {
    try await withUnsafeThrowingContinuation { continuation in
      let job = PostgresJob(work, continuation)
      if !add(job) { job.refuse(StorageFault.away("closed")) }
    }
  }

  private func add(_ job: any AnyPostgresJob) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard !isEnded else { return false }
    queue.append(job)
    if idle >= queue.count - first {
      // The watch waits for the same condition and must not take the only signal.
      if hasWatch { condition.broadcast() } else { condition.signal() }
    } else if threads < most {
      threads += 1
      start("postgres") { self.work() }
    } else if !hasWatch {
      hasWatch = true
      start("postgres.watch") { self.watch() }
    }
    return true
  }

  private func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = name
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func work() {
    let session = PostgresSession(address, limits, outage)
    while let job = take() { job.perform(session) }
    session.leave()
    condition.lock()
    leaving -= 1
    condition.broadcast()
    condition.unlock()
  }

  /// Nil when the pool has ended and nothing waits, or nothing came for long.
  private func take() -> (any AnyPostgresJob)? {
    condition.lock()
    defer { condition.unlock() }
    let end = Date(timeIntervalSinceNow: limits.idle.seconds)
    while first == queue.count {
      var isInTime = true
      if !isEnded {
        idle += 1
        isInTime = condition.wait(until: end)
        idle -= 1
      }
      if first == queue.count, isEnded || !isInTime {
        // Under this lock, so that nobody counts on a thread that has made up its mind.
        threads -= 1
        leaving += 1
        return nil
      }
    }
    let job = queue[first]
    first += 1
    if first == queue.count || first > 1_000 {
      queue.removeSubrange(..<first)
      first = 0
    }
    return job
  }

  /// Refuses what has waited too long, as long as anything waits.
  private func watch() {
    condition.lock()
    while !isEnded || first < queue.count {
      let latest = ContinuousClock.now - limits.waiting
      while first < queue.count, queue[first].since < latest {
        let late = queue[first]
        first += 1
        condition.unlock()
        late.refuse(StorageFault.away("no connection was free"))
        condition.lock()
      }
      guard first < queue.count else { break }
      _ = condition.wait(until: Date(timeIntervalSinceNow: limits.waiting.seconds / 20))
    }
    hasWatch = false
    condition.unlock()
  }

  /// Refuses what comes later; what waits is still done, and then every connection closed.
  func end(waiting: Bool) {
    condition.lock()
    isEnded = true
    condition.broadcast()
    while waiting, threads + leaving > 0 { condition.wait() }
    condition.unlock()
  }
}
