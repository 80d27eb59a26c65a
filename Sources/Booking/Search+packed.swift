import Primitives

extension Search {
  /// Of each civil day at each location, only those starts that leave as many further starts of this person
  /// as any other would. A start takes away itself, unless seats remain, and all whose occupied time would
  /// overlap its own.
  func best(_ free: [FreeStart]) -> [FreeStart] {
    guard free.count > 1 else { return free }
    let length = service.before + ask.duration + service.after
    let days = free.map { timetable.places[$0.place].zone.day(at: Instant(seconds: Int64($0.start))).number }
    let firstDay = days.min() ?? 0
    let slots = free.indices.map { (days[$0] - firstDay) * timetable.places.count + free[$0].place }
    var least = [Int](repeating: .max, count: (slots.max() ?? 0) + 1)
    var lost = [Int](repeating: 0, count: free.count)
    for position in free.indices {
      var count = free[position].seats > 1 ? 0 : 1
      if free[position].joins < 0 {
        for direction in [-1, 1] {
          var other = position + direction
          while free.indices.contains(other), abs(free[other].start - free[position].start) < length {
            if slots[other] == slots[position], free[other].joins < 0 { count += 1 }
            other += direction
          }
        }
      }
      lost[position] = count
      least[slots[position]] = min(least[slots[position]], count)
    }
    return free.indices.compactMap { lost[$0] == least[slots[$0]] ? free[$0] : nil }
  }
}
