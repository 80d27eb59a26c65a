import Primitives

extension Search {
  /// What the agenda holds of this person.
  func dayBook(of person: Int) -> DayBook {
    let id = timetable.business.staff[person].id
    var book = DayBook()
    for position in agenda.sittings.indices where agenda.sittings[position].staff == id {
      let taken = seatsTaken(agenda.sittings[position])
      guard taken > 0 else { continue }
      book.add(
        agenda.sittings[position],
        at: position,
        taken: taken,
        for: service,
        duration: ask.duration,
        span: hull
      )
    }
    for timeOff in agenda.timeOff where timeOff.staff == id {
      book.add(timeOff, duration: ask.duration, span: hull)
    }
    book.finish()
    return book
  }

  /// Without the seat that is given back.
  private func seatsTaken(_ sitting: Sitting) -> Int { sitting.taken - (sitting.id == ask.releasing ? 1 : 0) }

  /// The person's own limits, for each place; empty when there are none.
  func ownLimits(of person: Int) -> [LimitTable] {
    let member = timetable.business.staff[person]
    guard ask.audience == .visitors, !member.limits.isNone else { return [] }
    let entries = Self.entries(agenda, ask) { $0.staff == member.id }
    return Self.tables(timetable, ask, hull, member.limits, entries)
  }

  /// The service's limits, for each place; empty when there are none.
  static func limits(_ timetable: Timetable, _ ask: Ask, _ agenda: Agenda, _ hull: Range<Int>) -> [LimitTable]
  {
    let service = timetable.services[ask.service].service
    guard ask.audience == .visitors, !hull.isEmpty, !service.limits.isNone else { return [] }
    let entries = entries(agenda, ask) { $0.service == service.id }
    return tables(timetable, ask, hull, service.limits, entries)
  }

  static func customerLimits(_ timetable: Timetable, _ ask: Ask, _ hull: Range<Int>) -> [LimitTable] {
    let limits = timetable.services[ask.service].service.customerLimits
    guard ask.audience == .visitors, !hull.isEmpty, !limits.isNone else { return [] }
    let entries = ask.customer.map { LimitTable.Entry(start: $0.start, bookings: 1, seconds: $0.length) }
    return tables(timetable, ask, hull, limits, entries)
  }

  private static func tables(
    _ timetable: Timetable,
    _ ask: Ask,
    _ hull: Range<Int>,
    _ limits: Limits,
    _ entries: [LimitTable.Entry]
  ) -> [LimitTable] {
    ask.places.map { place in
      var table = LimitTable(hull, in: timetable.places[place].zone)
      table.apply(limits, to: entries)
      return table
    }
  }

  private static func entries(_ agenda: Agenda, _ ask: Ask, where counts: (Sitting) -> Bool) -> [LimitTable
    .Entry]
  {
    agenda.sittings.compactMap { sitting in
      let taken = sitting.taken - (sitting.id == ask.releasing ? 1 : 0)
      guard taken > 0, counts(sitting) else { return nil }
      return LimitTable.Entry(start: sitting.served.start, bookings: taken, seconds: sitting.served.length)
    }
  }
}
