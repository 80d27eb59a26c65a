package import Primitives

extension Timetable {
  /// What to ask (``reach(of:)-(SlotQuestion)``) before offering times near a lost start: its civil day and
  /// the next, on the clocks of the first location it could be at.
  package func questionNear(_ wish: Wish) throws(Refusal) -> SlotQuestion {
    let ask = try ask(wish)
    let place = ask.places.first ?? 0
    guard places.indices.contains(place) else { throw Refusal(.notOffered) }
    let zone = places[place].zone
    let day = zone.day(at: wish.start)
    guard let span = Interval(start: zone.startOfDay(day), end: zone.startOfDay(day + 2)) else {
      throw Refusal(.notOffered)
    }
    return wish.question(over: span)
  }

  /// Up to `count` offers nearest to the start that was lost, in order of time; the earlier of two equally
  /// near.
  ///
  /// - Parameter agenda: what the reach of ``questionNear(_:)`` asked for.
  package func nearest(_ count: Int, to wish: Wish, agenda: Agenda, now: Instant) throws(Refusal) -> [Offer] {
    let offers = try offers(questionNear(wish), agenda: agenda, now: now)
    let near = offers.sorted { abs($0.start - wish.start) < abs($1.start - wish.start) }
    return near.prefix(count).sorted { $0.start < $1.start }
  }
}
