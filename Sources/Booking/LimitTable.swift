import Primitives

/// How much more may be booked on each civil day of a span, by the day's, week's and month's limits together.
struct LimitTable {
  private let zone: Zone
  private let first: Int
  /// Bookings and seconds left for each day; `Int.max` where nothing is limited.
  private var bookings: [Int]
  private var seconds: [Int]

  /// One entry for a sitting: when it starts, its bookings, and how long it serves.
  struct Entry {
    let start: Instant
    let bookings: Int
    let seconds: Int
  }

  init(_ span: Range<Int>, in zone: Zone) {
    self.zone = zone
    first = zone.day(at: Instant(seconds: Int64(span.lowerBound))).number
    let last = zone.day(at: Instant(seconds: Int64(span.upperBound - 1))).number
    bookings = Array(repeating: .max, count: last - first + 1)
    seconds = bookings
  }

  /// Bookings are counted each; minutes are counted once for a sitting, however many sit in it.
  mutating func apply(_ limits: Limits, to entries: [Entry]) {
    let firstDay = CivilDay(number: first)
    let lastDay = CivilDay(number: first + bookings.count - 1)
    let from = min(firstDay.startOfWeek, firstDay.startOfMonth)
    let to = max(lastDay.startOfWeek + 7, lastDay.startOfNextMonth)
    // Running totals: the sum over days a..<b is total[b] - total[a].
    var totals = [(bookings: Int, seconds: Int)](repeating: (0, 0), count: to - from + 1)
    for entry in entries {
      let at = zone.day(at: entry.start) - from
      guard at >= 0, at + 1 < totals.count else { continue }
      totals[at + 1].bookings += entry.bookings
      totals[at + 1].seconds += entry.seconds
    }
    for at in totals.indices.dropFirst() {
      totals[at].bookings += totals[at - 1].bookings
      totals[at].seconds += totals[at - 1].seconds
    }
    for position in bookings.indices {
      let day = CivilDay(number: first + position)
      func limit(_ count: Int?, _ minutes: Int?, _ start: CivilDay, _ end: CivilDay) {
        let (low, high) = (totals[start - from], totals[end - from])
        if let count { bookings[position] = min(bookings[position], count - (high.bookings - low.bookings)) }
        if let minutes {
          seconds[position] = min(seconds[position], .minutes(minutes) - (high.seconds - low.seconds))
        }
      }
      limit(limits.perDay, limits.minutesPerDay, day, day + 1)
      if limits.countsWeeks {
        limit(limits.perWeek, limits.minutesPerWeek, day.startOfWeek, day.startOfWeek + 7)
      }
      if limits.countsMonths {
        limit(limits.perMonth, limits.minutesPerMonth, day.startOfMonth, day.startOfNextMonth)
      }
    }
  }

  /// Bookings that may still be made at this start; 0 when `length` more seconds are too many.
  func left(at start: Int, adding length: Int) -> Int {
    let position = zone.day(at: Instant(seconds: Int64(start))).number - first
    guard bookings.indices.contains(position), length <= seconds[position] || length == 0 else { return 0 }
    return max(0, bookings[position])
  }
}
