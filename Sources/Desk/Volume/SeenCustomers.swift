import Booking
import Primitives
import Synchronization

/// Which customers each person has been shown today by this process, so that looking again at the same does not count again.
/// After a restart, and on another server, it counts once more: the limit is never looser for that.
final class SeenCustomers: Sendable {
  private struct Day {
    var number: Int
    var subjects: Set<Identifier> = []
  }

  private let seen = Mutex<[Slug: Day]>([:])
  /// Until when each is shown nobody new any more, by the limit they had then.
  private let closed = Mutex<[Slug: (end: Instant, limit: ReadingLimit)]>([:])

  /// Seconds until somebody who reached this limit is shown anybody new again; nil when they have not.
  func wait(of staff: Slug, under limit: ReadingLimit, now: Instant) -> Int? {
    guard let known = closed.withLock({ $0[staff] }), known.limit == limit, now < known.end else {
      return nil
    }
    return known.end - now
  }

  func close(_ staff: Slug, under limit: ReadingLimit, until end: Instant) {
    closed.withLock { $0[staff] = (end, limit) }
  }

  /// Those that have not been counted yet.
  func new(_ subjects: some Sequence<Identifier>, to staff: Slug, on day: Int) -> Set<Identifier> {
    seen.withLock { seen in
      guard let known = seen[staff], known.number == day else { return Set(subjects) }
      return Set(subjects).subtracting(known.subjects)
    }
  }

  func note(_ subjects: Set<Identifier>, to staff: Slug, on day: Int) {
    guard !subjects.isEmpty else { return }
    seen.withLock { seen in
      if seen[staff]?.number != day { seen[staff] = Day(number: day) }
      seen[staff]?.subjects.formUnion(subjects)
    }
  }
}
