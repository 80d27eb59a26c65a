package import Primitives

/// What must be loaded into the ``Agenda`` of a question: every sitting whose occupied interval, and every
/// time off, that overlaps `span`, of these people.
package struct Reach: Hashable, Sendable {
  package let staff: [Slug]
  package let span: Interval

  package init(staff: [Slug], span: Interval) {
    self.staff = staff
    self.span = span
  }
}

extension Timetable {
  /// - Throws: ``RefusalCode/invalid`` for a service, person, location or length that is not offered, or a
  ///   span too long.
  package func reach(of question: SlotQuestion) throws(Refusal) -> Reach {
    let ask = try ask(question)
    return try reach(ask, question.span.seconds, wide: services[ask.service].service.offers == .packed)
  }

  package func reach(of wish: Wish) throws(Refusal) -> Reach {
    let ask = try ask(wish)
    let start = Int(wish.start.seconds)
    let wide = services[ask.service].service.offers == .packed || ask.staff.count > 1
    return try reach(ask, start..<start + 1, wide: wide)
  }

  /// Widened to whole days where the best start or person is looked for, to days, weeks and months where
  /// limits count, and by what one booking occupies.
  private func reach(_ ask: Ask, _ span: Range<Int>, wide: Bool) throws(Refusal) -> Reach {
    let service = services[ask.service]
    var start = span.lowerBound
    var end = span.upperBound
    var staff = ask.staff
    var limits = Limits.none
    if ask.audience == .visitors {
      limits = service.service.limits
      if !limits.isNone { staff = Array(business.staff.indices) }
      for person in ask.staff { limits = limits.joined(with: business.staff[person].limits) }
    }
    if wide || !limits.isNone {
      for place in ask.places {
        let days = wide || limits.countsDays ? wholeDays(span, at: place) : span
        start = min(start, days.lowerBound)
        end = max(end, days.upperBound)
        let zone = places[place].zone
        let first = zone.day(at: Instant(seconds: Int64(span.lowerBound)))
        let last = zone.day(at: Instant(seconds: Int64(span.upperBound - 1)))
        if limits.countsWeeks {
          start = min(start, Int(zone.startOfDay(first.startOfWeek).seconds))
          end = max(end, Int(zone.startOfDay(last.startOfWeek + 7).seconds))
        }
        if limits.countsMonths {
          start = min(start, Int(zone.startOfDay(first.startOfMonth).seconds))
          end = max(end, Int(zone.startOfDay(last.startOfNextMonth).seconds))
        }
      }
    }
    let from = Instant(seconds: Int64(start)) - service.before
    let to = Instant(seconds: Int64(end)) + ask.duration + service.after
    guard let reach = Interval(start: from, end: to) else { throw Refusal(.notOffered) }
    return Reach(staff: staff.map { business.staff[$0].id }, span: reach)
  }
}

extension Limits {
  var countsDays: Bool { perDay != nil || minutesPerDay != nil }
  var countsWeeks: Bool { perWeek != nil || minutesPerWeek != nil }
  var countsMonths: Bool { perMonth != nil || minutesPerMonth != nil }

  /// Counts wherever one of the two counts; the numbers mean nothing.
  fileprivate func joined(with other: Limits) -> Limits {
    Limits(
      perDay: perDay ?? other.perDay,
      perWeek: perWeek ?? other.perWeek,
      perMonth: perMonth ?? other.perMonth,
      minutesPerDay: minutesPerDay ?? other.minutesPerDay,
      minutesPerWeek: minutesPerWeek ?? other.minutesPerWeek,
      minutesPerMonth: minutesPerMonth ?? other.minutesPerMonth
    )
  }
}
