import Foundation
import Storage

/// Waits for the disk on behalf of acts that have something better to do.
///
/// While acts wait for a connection, those that commit do not wait until the disk has it (`synchronous_commit` off), so
/// that their connection takes the next one at once. Nobody is told of such an act before its ``Ticket`` is finished:
/// a later transaction, on a connection kept for that alone, is durable. PostgreSQL writes one log in order, so that with it
/// everything before it is durable, on a synchronous standby too (manual, "Asynchronous Commit": commit records are
/// flushed in the order of their positions).
///
/// That connection was there before the act's COMMIT was sent, and to the same start of the same server; when it answers
/// afterwards the server has not crashed in between, and has lost nothing. When it breaks nobody can tell, and the acts are
/// answered as those whose COMMIT was lost. Costs an act up to ``PostgresLimits/gathering`` of waiting.
final class PostgresFlush: @unchecked Sendable {
  // Unchecked because the compiler cannot see that `condition` guards every variable.
  private let condition = NSCondition()
  /// The connection that stands now; nil while there is none.
  private var line: Line?
  private var lines = 0
  private var isRunning = false
  private var isEnded = false
  /// Tickets given out that were neither finished nor handed back.
  private var outstanding = 0
  private var waiting: [Waiting] = []

  private let address: PostgresAddress
  private let limits: PostgresLimits

  private struct Line {
    let number: Int
    let server: String
  }

  private typealias Waiting = @Sendable ((any Error)?) -> Void

  /// That a connection stood when the act was about to commit. Has to be used once: finished or handed back.
  struct Ticket: Sendable {
    fileprivate let flush: PostgresFlush
    fileprivate let line: Int

    /// Calls `done` once what was committed with this ticket is durable, or with why that cannot be known.
    func finish(_ done: @escaping @Sendable ((any Error)?) -> Void) { flush.finish(self, done) }

    /// The act did not commit after all.
    func handBack() { flush.handBack() }
  }

  init(_ address: PostgresAddress, _ limits: PostgresLimits) {
    self.address = address
    self.limits = limits
  }

  /// To be asked for before COMMIT is sent.
  ///
  /// - Parameter server: that of the act's connection.
  /// - Returns: nil when the act has to wait for the disk itself: no connection stands (one is made for those who come
  ///   later), or it leads to another server or another start of it.
  func ticket(for server: String) -> Ticket? {
    condition.lock()
    defer { condition.unlock() }
    guard !isEnded else { return nil }
    if !isRunning { start() }
    guard let line, line.server == server else { return nil }
    outstanding += 1
    return Ticket(flush: self, line: line.number)
  }

  private func handBack() {
    condition.lock()
    outstanding -= 1
    condition.signal()
    condition.unlock()
  }

  private func finish(_ ticket: Ticket, _ done: @escaping @Sendable ((any Error)?) -> Void) {
    condition.lock()
    outstanding -= 1
    let stands = ticket.line == line?.number
    if stands {
      waiting.append(done)
    }
    condition.signal()
    condition.unlock()
    if !stands { done(PostgresFlush.lost) }
  }

  /// Gives out no more tickets; what has one is still finished.
  func end() {
    condition.lock()
    isEnded = true
    condition.signal()
    condition.unlock()
  }

  private static let lost = StorageFault.away("the connection was lost at COMMIT")

  // MARK: The thread

  /// Under the lock.
  private func start() {
    isRunning = true
    let thread = Thread { [self] in work() }
    thread.name = "postgres.flush"
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func work() {
    guard let connection = try? PostgresConnection.open(address, limits) else {
      // The acts find out for themselves; the next try comes no sooner than this.
      Thread.sleep(forTimeInterval: 1)
      hangUp()
      return
    }
    condition.lock()
    lines += 1
    line = Line(number: lines, server: connection.server)
    condition.unlock()
    while let together = gather() {
      do {
        try connection.flushLog()
      } catch {
        for done in together + hangUp() { done(PostgresFlush.lost) }
        return
      }
      for done in together { done(nil) }
    }
  }

  /// What waits, once anything does and a moment has passed for others to join; nil when nobody came for long, or will.
  private func gather() -> [Waiting]? {
    condition.lock()
    defer { condition.unlock() }
    let end = Date(timeIntervalSinceNow: limits.idle.seconds)
    while waiting.isEmpty {
      if outstanding == 0, isEnded || Date() >= end {
        line = nil
        isRunning = false
        return nil
      }
      // Acts on their way with a ticket are waited for beyond that.
      _ = condition.wait(until: max(end, Date(timeIntervalSinceNow: 0.1)))
    }
    condition.unlock()
    Thread.sleep(forTimeInterval: limits.gathering.seconds)
    condition.lock()
    defer { waiting = [] }
    return waiting
  }

  /// Lets the next ticket make a new connection. Returns who has waited meanwhile.
  @discardableResult
  private func hangUp() -> [Waiting] {
    condition.lock()
    defer { condition.unlock() }
    line = nil
    isRunning = false
    defer { waiting = [] }
    return waiting
  }
}
