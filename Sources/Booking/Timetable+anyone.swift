import Primitives

extension Timetable {
  /// Whom to send where anyone may come; nil when nobody can.
  func choice(
    of candidates: [Candidate],
    _ free: [[FreeStart]],
    _ search: Search,
    _ spans: [Range<Int>],
    _ now: Instant
  ) -> Candidate? {
    guard candidates.count > 1 else { return candidates.first }
    let open = candidates.filter { $0.free.joins >= 0 }
    if !open.isEmpty { return open.min { ($0.free.seats, $0.rank) < ($1.free.seats, $1.rank) } }
    let costs = candidates.map { cost(of: $0, free, search, spans, now) }
    return zip(candidates, costs).min { $0.1 < $1.1 }?.0
  }

  private struct Cost: Comparable {
    /// Offers of the day nobody else has, then the person's own.
    let alone: Int
    let own: Int
    let sittings: Int
    let rank: Int

    static func < (one: Cost, other: Cost) -> Bool {
      (one.alone, one.own, one.sittings, one.rank) < (other.alone, other.own, other.sittings, other.rank)
    }
  }

  /// Looks again with the booking made.
  private func cost(
    of candidate: Candidate,
    _ free: [[FreeStart]],
    _ search: Search,
    _ spans: [Range<Int>],
    _ now: Instant
  ) -> Cost {
    let ask = search.ask
    let person = ask.staff[candidate.rank]
    let id = business.staff[person].id
    let start = Instant(seconds: Int64(candidate.free.start))
    let day = wholeDays(candidate.free.start..<candidate.free.start + 1, at: candidate.free.place)
    let sittings = search.agenda.sittings.count {
      $0.staff == id && day.contains($0.served.seconds.lowerBound)
    }
    guard let served = Interval(start: start, end: start + ask.duration),
      let occupied = Interval(start: start - search.service.before, end: served.end + search.service.after)
    else { return Cost(alone: .max, own: .max, sittings: sittings, rank: candidate.rank) }
    var agenda = search.agenda
    agenda.sittings.append(
      Sitting(
        id: Identifier(high: 0, low: 0),
        staff: id,
        service: search.service.service.id,
        served: served,
        occupied: occupied,
        capacity: max(1, search.service.service.capacity),
        taken: 1
      )
    )
    let left = Search(self, ask, agenda, spans: spans, now: now).freeStarts(of: person)
    let lost = free[candidate.rank].filter { !left.has($0) }
    let alone = lost.filter { start in
      !free.indices.contains { $0 != candidate.rank && free[$0].has(start) }
    }
    return Cost(alone: alone.count, own: lost.count, sittings: sittings, rank: candidate.rank)
  }
}

extension [FreeStart] {
  /// Whether the same start at the same place is here; they are in order.
  fileprivate func has(_ other: FreeStart) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      if (self[middle].start, self[middle].place) < (other.start, other.place) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < count && self[low].start == other.start && self[low].place == other.place
  }
}
