import Primitives

/// A question or wish whose names have been looked up.
struct Ask {
  let service: Int
  /// Seconds.
  let duration: Int
  /// Who is asked for, and where, in the order of the business file.
  let staff: [Int]
  let places: [Int]
  let audience: Audience
  let releasing: Identifier?
  let customer: [Interval]
}

extension Timetable {
  /// - Throws: ``RefusalCode/invalid`` with one problem for each name the business does not offer to this
  ///   audience. A hidden service and one that does not exist look the same to visitors.
  func ask(_ question: SlotQuestion) throws(Refusal) -> Ask {
    guard let index = index(ofService: question.service),
      question.audience == .staff || !services[index].service.hidden
    else { throw .invalid("service", .notAChoice) }
    let service = services[index]
    var problems: [FieldProblem] = []
    func refuse(_ path: String, _ reason: FieldReason = .notAChoice) {
      problems.append(FieldProblem(path: path, reason: reason))
    }

    let minutes = question.minutes ?? service.service.durations.first ?? 0
    let isLengthOffered = service.service.durations.contains(minutes) && minutes > 0
    if !isLengthOffered || service.before + .minutes(minutes) + service.after > Self.longestOccupied {
      refuse("minutes")
    }
    var staff = service.staff
    if let asked = question.staff {
      staff = self.index(ofStaff: asked).map { [$0] } ?? []
      if staff.isEmpty || !service.staff.contains(staff[0]) { refuse("staff") }
    }
    var places = service.places
    if let asked = question.location {
      places = self.index(ofPlace: asked).map { [$0] } ?? []
      if places.isEmpty || !service.places.contains(places[0]) { refuse("location") }
    }
    if question.span.length > Self.longestSpan { refuse("to", .rangeTooLong) }
    guard problems.isEmpty else { throw .invalid(problems) }
    return Ask(
      service: index,
      duration: .minutes(minutes),
      staff: staff,
      places: places,
      audience: question.audience,
      releasing: question.releasing,
      customer: question.customer
    )
  }

  /// A wish as a question about its one second.
  func ask(_ wish: Wish) throws(Refusal) -> Ask {
    guard let span = Interval(start: wish.start, end: wish.start + 1) else { throw Refusal(.notOffered) }
    return try ask(wish.question(over: span))
  }

  /// From the midnight before to the midnight after, on the clocks of this place.
  func wholeDays(_ span: Range<Int>, at place: Int) -> Range<Int> {
    let zone = places[place].zone
    let first = zone.day(at: Instant(seconds: Int64(span.lowerBound)))
    let last = zone.day(at: Instant(seconds: Int64(span.upperBound - 1)))
    let start = Int(zone.startOfDay(first).seconds)
    let end = Int(zone.startOfDay(last + 1).seconds)
    return min(start, span.lowerBound)..<max(end, span.upperBound)
  }
}

extension Interval {
  var seconds: Range<Int> { Int(start.seconds)..<Int(end.seconds) }
}
