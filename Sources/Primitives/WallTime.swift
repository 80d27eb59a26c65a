/// What a clock on the wall shows: a civil day and the seconds since its midnight, without a zone.
package struct WallTime: Hashable, Comparable, Sendable {
  package let day: CivilDay
  /// 0 to 86,399.
  package let second: Int

  /// Seconds outside the day run over into its neighbours: 26 h is two in the morning of the next day.
  package init(day: CivilDay, second: Int) {
    let over = CivilDay.floorDiv(second, 86_400)
    self.day = day + over
    self.second = second - over * 86_400
  }

  package init(day: CivilDay, minute: Int) { self.init(day: day, second: minute * 60) }

  package static func < (one: WallTime, other: WallTime) -> Bool {
    (one.day, one.second) < (other.day, other.second)
  }

  package var hour: Int { second / 3_600 }
  package var minute: Int { second / 60 % 60 }
}
