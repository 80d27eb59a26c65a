import Primitives

/// A working interval: work without a pause at one location, in seconds. The grid of starts begins at
/// `start`.
struct Shift: Sendable {
  let start: Int
  let end: Int
  let place: Int
  /// Until when work goes on at this location when the next shift begins before or just as this one ends.
  var runEnd: Int
}

/// Maps hours of civil days to shifts.
struct Layout {
  private let places: [PreparedPlace]
  private var cursors: [ZoneCursor]
  private let start: Int
  private let end: Int
  private var shifts: [Shift] = []

  init(places: [PreparedPlace], start: Int, end: Int) {
    self.places = places
    self.start = start
    self.end = end
    cursors = places.map { ZoneCursor($0.zone) }
  }

  /// One range of hours of `day`, less its breaks and the holidays it would run into.
  mutating func add(_ day: CivilDay, _ hours: HourRange, _ breaks: [HourRange], _ place: Int) {
    guard !places[place].isHoliday(day.number) else { return }
    let midnight = day.number * 86_400
    let from = cursors[place].opening(midnight + hours.start * 60)
    let to = cursors[place].closing(midnight + hours.end * 60)
    guard from < to, from < end, start < to else { return }
    var pauses: [(start: Int, end: Int)] = []
    for pause in breaks {
      // The break of a night shift may be written as its wall time: 02:00 is also 26:00.
      for shift in [0, 1_440] where pause.start + shift < hours.end && hours.start < pause.end + shift {
        cursors[place].stretches(
          from: midnight + (pause.start + shift) * 60,
          to: midnight + (pause.end + shift) * 60
        ) { pauses.append(($0, $1)) }
      }
    }
    if hours.end > 1_440 {
      for later in day.number + 1...day.number + (hours.end - 1) / 1_440 where places[place].isHoliday(later)
      {
        pauses.append((cursors[place].opening(later * 86_400), cursors[place].opening((later + 1) * 86_400)))
      }
    }
    if pauses.count > 1 { pauses.sort { $0.start < $1.start } }
    var at = from
    for pause in pauses {
      append(at, min(pause.start, to), place)
      at = max(at, pause.end)
    }
    append(at, to, place)
  }

  private mutating func append(_ from: Int, _ to: Int, _ place: Int) {
    guard from < to, from < end, start < to else { return }
    shifts.append(Shift(start: from, end: to, place: place, runEnd: to))
  }

  /// In order of start, then location, with the ends of their runs.
  mutating func finished() -> [Shift] {
    let inOrder = { (one: Shift, other: Shift) in
      (one.start, one.place, one.end) < (other.start, other.place, other.end)
    }
    if zip(shifts, shifts.dropFirst()).contains(where: { inOrder($1, $0) }) { shifts.sort(by: inOrder) }
    for place in places.indices {
      var run = Int.min
      for position in shifts.indices where shifts[position].place == place {
        if shifts[position].start > run { run = Int.min }
        run = max(run, shifts[position].end)
        shifts[position].runEnd = run
      }
      var next: Shift?
      for position in shifts.indices.reversed() where shifts[position].place == place {
        if let next, next.start <= shifts[position].runEnd { shifts[position].runEnd = next.runEnd }
        next = shifts[position]
      }
    }
    return shifts
  }
}
