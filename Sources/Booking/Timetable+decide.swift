package import Primitives

extension Timetable {
  /// Grants or refuses one start, by the same search that lists offers: what is listed is granted, nothing
  /// else is.
  ///
  /// "Anyone" is the free person with whom the fewest other offers of the day are lost: first those nobody
  /// else has, then the person's own; then who has fewer sittings that day; then the order of the business
  /// file. For a class, an open sitting is joined before a new one is begun, the fullest first.
  ///
  /// - Parameter agenda: what ``reach(of:)-(Wish)`` asked for, read in the transaction that writes the
  ///   decision down.
  /// - Throws: ``RefusalCode/slotTaken`` when the start exists but is no longer free;
  ///   ``RefusalCode/notOffered`` when it is none, too soon or too far ahead; ``RefusalCode/invalid`` as
  ///   ``reach(of:)-(Wish)`` does.
  package func decide(_ wish: Wish, agenda: Agenda, now: Instant) throws(Refusal) -> Decision {
    let ask = try ask(wish)
    let start = Int(wish.start.seconds)
    let second = start..<start + 1
    let wide = ask.staff.count > 1 || services[ask.service].service.offers == .packed
    let spans = ask.places.map { wide ? wholeDays(second, at: $0) : second }
    let search = Search(self, ask, agenda, spans: spans, now: now)
    let free = ask.staff.map { search.freeStarts(of: $0) }
    for place in ask.places {
      let candidates = ask.staff.indices.compactMap { rank in
        free[rank].first { $0.start == start && $0.place == place }.map { Candidate(rank: rank, free: $0) }
      }
      guard let chosen = choice(of: candidates, free, search, spans, now) else { continue }
      if let decision = decision(ask, chosen, agenda) { return decision }
    }
    throw Refusal(exists(second, ask, agenda, now) ? .slotTaken : .notOffered)
  }

  struct Candidate {
    /// Position in the staff asked for.
    let rank: Int
    let free: FreeStart
  }

  private func decision(_ ask: Ask, _ chosen: Candidate, _ agenda: Agenda) -> Decision? {
    let service = services[ask.service]
    let start = Instant(seconds: Int64(chosen.free.start))
    guard let served = Interval(start: start, end: start + ask.duration),
      let occupied = Interval(start: served.start - service.before, end: served.end + service.after)
    else { return nil }
    let joined = chosen.free.joins < 0 ? nil : agenda.sittings[chosen.free.joins]
    return Decision(
      staff: business.staff[ask.staff[chosen.rank]].id,
      location: places[chosen.free.place].id,
      minutes: ask.duration / 60,
      served: served,
      occupied: joined?.occupied ?? occupied,
      capacity: joined?.capacity ?? max(1, service.service.capacity),
      joins: joined?.id
    )
  }

  /// Whether the start would be free if nobody had booked, or is that of a class that is full.
  private func exists(_ second: Range<Int>, _ ask: Ask, _ agenda: Agenda, _ now: Instant) -> Bool {
    let spans = ask.places.map { _ in second }
    let empty = Search(self, ask.withoutCustomer, Agenda(), spans: spans, now: now, packed: false)
    if ask.staff.contains(where: { !empty.freeStarts(of: $0).isEmpty }) { return true }
    let service = services[ask.service]
    let isBookable =
      ask.audience == .staff
      || ask.places.contains { bookable(service, at: $0, now: now).contains(second.lowerBound) }
    return isBookable
      && agenda.sittings.contains { sitting in
        sitting.served.seconds.lowerBound == second.lowerBound && sitting.service == service.service.id
          && ask.staff.contains { business.staff[$0].id == sitting.staff }
      }
  }
}

extension Ask {
  fileprivate var withoutCustomer: Ask {
    Ask(
      service: service,
      duration: duration,
      staff: staff,
      places: places,
      audience: audience,
      releasing: releasing,
      customer: []
    )
  }
}
