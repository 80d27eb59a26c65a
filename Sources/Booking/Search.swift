import Primitives

/// A start one person can be booked for now.
struct FreeStart {
  let start: Int
  let place: Int
  /// Seats that can still be taken with this person.
  let seats: Int
  /// Bookings the service's limits still allow, whoever serves.
  let most: Int
  /// Index into the agenda's sittings of the one to join; -1: a new one.
  let joins: Int
}

/// The one place that decides whether a start is free: the list shown and the commit both read
/// ``freeStarts(of:)``.
struct Search {
  let timetable: Timetable
  let ask: Ask
  let agenda: Agenda
  let service: PreparedService
  /// For each place of `ask.places`, which starts are looked at: the span, within notice and window.
  let spans: [Range<Int>]
  /// The hull of `spans`.
  let hull: Range<Int>
  /// For each place, the limits of the service and of this customer; empty when there are none.
  private let limits: [LimitTable]
  private let customerLimits: [LimitTable]
  private let packed: Bool

  /// - Parameter packed: false asks for the whole grid even where the service asks for packed offers.
  init(
    _ timetable: Timetable,
    _ ask: Ask,
    _ agenda: Agenda,
    spans: [Range<Int>],
    now: Instant,
    packed: Bool = true
  ) {
    let service = timetable.services[ask.service]
    self.timetable = timetable
    self.ask = ask
    self.agenda = agenda
    self.service = service
    self.packed = packed && service.service.offers == .packed
    self.spans = zip(ask.places, spans).map { place, span in
      guard ask.audience == .visitors else { return span }
      return span.clamped(to: timetable.bookable(service, at: place, now: now))
    }
    let used = self.spans.filter { !$0.isEmpty }
    hull = (used.map(\.lowerBound).min() ?? 0)..<(used.map(\.upperBound).max() ?? 0)
    limits = Self.limits(timetable, ask, agenda, hull)
    customerLimits = Self.customerLimits(timetable, ask, hull)
  }

  /// Every start of `person` within the spans that is free, ascending by start, then place.
  func freeStarts(of person: Int) -> [FreeStart] {
    guard !hull.isEmpty else { return [] }
    let shifts = timetable.rotas[person].shifts(
      from: hull.lowerBound,
      to: hull.upperBound + ask.duration,
      places: timetable.places
    )
    guard !shifts.isEmpty else { return [] }
    let book = dayBook(of: person)
    let own = ownLimits(of: person)
    var free: [FreeStart] = []
    for (position, place) in ask.places.enumerated() where !spans[position].isEmpty {
      let before = free.count
      gridStarts(shifts, place, position, book, own, &free)
      openSeats(shifts, place, position, book, own, &free)
      if before > 0 || !book.open.isEmpty { free.sort { ($0.start, $0.place) < ($1.start, $1.place) } }
    }
    return packed ? best(free) : free
  }

  /// Every step of the grid from the start of each working interval whose time is free and within working
  /// time.
  private func gridStarts(
    _ shifts: [Shift],
    _ place: Int,
    _ position: Int,
    _ book: DayBook,
    _ own: [LimitTable],
    _ free: inout [FreeStart]
  ) {
    let step = service.step(for: ask.duration)
    let span = spans[position]
    let capacity = max(1, service.service.capacity)
    let mayRepeat = shifts.count > 1
    var base = 0
    for shift in shifts where shift.place == place {
      let last = min(shift.end - 1, span.upperBound - 1, shift.runEnd - ask.duration)
      var start = shift.start
      if start < span.lowerBound { start += (span.lowerBound - start + step - 1) / step * step }
      while base < book.blocked.count, book.blocked[base].upperBound <= shift.start { base += 1 }
      var next = base
      var latest = Int.min
      if mayRepeat, let known = free.last, known.place == place { latest = known.start }
      while start <= last {
        while next < book.blocked.count, book.blocked[next].upperBound <= start { next += 1 }
        if next < book.blocked.count, book.blocked[next].lowerBound <= start {
          start += (book.blocked[next].upperBound - start + step - 1) / step * step
          continue
        }
        let seats = self.seats(capacity, at: start, adding: ask.duration, position, own)
        if seats.own > 0 {
          let found = FreeStart(start: start, place: place, seats: seats.own, most: seats.all, joins: -1)
          if start > latest { free.append(found) } else { insert(found, into: &free) }
        }
        start += step
      }
    }
  }

  /// Sittings with a free seat, on or off the grid; they do not occupy anything new.
  private func openSeats(
    _ shifts: [Shift],
    _ place: Int,
    _ position: Int,
    _ book: DayBook,
    _ own: [LimitTable],
    _ free: inout [FreeStart]
  ) {
    for open in book.open where spans[position].contains(open.start) {
      let end = open.start + ask.duration
      let works = { (shift: Shift) in
        shift.start <= open.start && open.start < shift.end && end <= shift.runEnd
      }
      guard shifts.first(where: { works($0) && service.places.contains($0.place) })?.place == place,
        !book.isAway(open.start..<end)
      else { continue }
      let seats = self.seats(open.seats, at: open.start, adding: 0, position, own)
      guard seats.own > 0 else { continue }
      free.append(
        FreeStart(start: open.start, place: place, seats: seats.own, most: seats.all, joins: open.sitting)
      )
    }
  }

  /// Two rules of one person may overlap; then the second's starts fall among the first's.
  private func insert(_ found: FreeStart, into free: inout [FreeStart]) {
    var at = free.count
    while at > 0, free[at - 1].place == found.place, free[at - 1].start > found.start { at -= 1 }
    if at > 0, free[at - 1].place == found.place, free[at - 1].start == found.start { return }
    free.insert(found, at: at)
  }

  private func seats(
    _ capacity: Int,
    at start: Int,
    adding length: Int,
    _ position: Int,
    _ own: [LimitTable]
  ) -> (own: Int, all: Int) {
    let all = limits.isEmpty ? Int.max : limits[position].left(at: start, adding: length)
    let mine = own.isEmpty ? Int.max : own[position].left(at: start, adding: length)
    // The customer's limit closes a start to this customer; it says nothing about how many places are left.
    let isOpen = customerLimits.isEmpty || customerLimits[position].left(at: start, adding: ask.duration) > 0
    return (isOpen ? min(capacity, all, mine) : 0, all)
  }
}

extension Timetable {
  /// The starts that notice and window leave to visitors.
  func bookable(_ service: PreparedService, at place: Int, now: Instant) -> Range<Int> {
    let zone = places[place].zone
    let (first, last): (CivilDay, CivilDay)
    switch service.service.window {
    case .rolling(let days): (first, last) = (zone.day(at: now), zone.day(at: now) + days)
    case .dates(let from, let to): (first, last) = (from, to)
    }
    let start = max(Int(now.seconds) + service.notice, Int(zone.startOfDay(first).seconds))
    return start..<max(start, Int(zone.startOfDay(last + 1).seconds))
  }
}
