package import Primitives

extension Timetable {
  /// Everything that can be booked now for this question, by start, then location in the order of the
  /// business file.
  ///
  /// - Parameter agenda: what ``reach(of:)-(SlotQuestion)`` asked for; more does no harm.
  /// - Throws: ``RefusalCode/invalid`` as ``reach(of:)-(SlotQuestion)`` does.
  /// - Complexity: O(days + sittings + offers) for each person; nothing outside the reach is looked at.
  package func offers(_ question: SlotQuestion, agenda: Agenda, now: Instant) throws(Refusal) -> [Offer] {
    let ask = try ask(question)
    let span = question.span.seconds
    // The best start of a day is best whichever part of the day was asked for.
    let wide = services[ask.service].service.offers == .packed
    let spans = ask.places.map { wide ? wholeDays(span, at: $0) : span }
    let search = Search(self, ask, agenda, spans: spans, now: now)
    var found: [Found] = []
    for (rank, person) in ask.staff.enumerated() {
      for free in search.freeStarts(of: person) where span.contains(free.start) {
        found.append(
          Found(start: free.start, place: free.place, rank: rank, seats: free.seats, most: free.most)
        )
      }
    }
    if ask.staff.count > 1 {
      found.sort { ($0.start, $0.place, $0.rank) < ($1.start, $1.place, $1.rank) }
    }
    return grouped(found, ask)
  }

  private struct Found {
    let start: Int
    let place: Int
    let rank: Int
    let seats: Int
    let most: Int
  }

  /// One offer for each start and location. Neighbouring offers mostly name the same people and then share
  /// one list.
  private func grouped(_ found: [Found], _ ask: Ask) -> [Offer] {
    var offers: [Offer] = []
    offers.reserveCapacity(found.count / max(1, ask.staff.count))
    var ranks: [Int] = []
    var names: [Slug] = []
    var first = 0
    while first < found.count {
      let (start, place) = (found[first].start, found[first].place)
      var end = first
      var seats = 0
      while end < found.count, found[end].start == start, found[end].place == place {
        seats += found[end].seats
        end += 1
      }
      if !ranks.elementsEqual(found[first..<end].lazy.map(\.rank)) {
        ranks = found[first..<end].map(\.rank)
        names = ranks.map { business.staff[ask.staff[$0]].id }
      }
      offers.append(
        Offer(
          start: Instant(seconds: Int64(start)),
          end: Instant(seconds: Int64(start + ask.duration)),
          location: places[place].id,
          staff: names,
          places: min(seats, found[first].most)
        )
      )
      first = end
    }
    return offers
  }

  /// One person's working intervals that overlap `span`, whole, in order; empty for a person the business
  /// does not have.
  package func working(staff: Slug, over span: Interval) -> [WorkingInterval] {
    guard let person = index(ofStaff: staff) else { return [] }
    return rotas[person].shifts(from: span.seconds.lowerBound, to: span.seconds.upperBound, places: places)
      .compactMap { shift in
        Interval(start: Instant(seconds: Int64(shift.start)), end: Instant(seconds: Int64(shift.end))).map {
          WorkingInterval(interval: $0, location: places[shift.place].id)
        }
      }
  }
}
