/// The footer of a TZif file: a POSIX `TZ` string (POSIX.1-2024 §8.3), with the hours of RFC 9636 §3.3.1
/// (-167 to 167).
///
/// `EET-2EEST,M3.5.0/3,M10.5.0/4`, `<+03>-3`, `IST-1GMT0,M10.5.0,M3.5.0/1`. A summer time without dates is
/// refused: POSIX leaves open when it would apply.
struct ZoneRule: Hashable {
  let standard: ZoneTable.Kind
  let summer: ZoneTable.Kind?
  private let begin: Turn
  private let finish: Turn

  /// When in a year the clock is turned: a date, and seconds of wall time since its midnight, which may lie
  /// days off.
  private struct Turn: Hashable {
    var date = Date.dayOfYear(0)
    var second = 7_200
  }

  private enum Date: Hashable {
    /// `Jn`: 1 to 365, 29 February is never counted.
    case dayWithoutLeap(Int)
    /// `n`: 0 to 365, 29 February is counted.
    case dayOfYear(Int)
    /// `Mm.w.d`: week 5 is the last; weekday 0 is Sunday.
    case weekday(month: Int, week: Int, day: Int)
  }

  /// The turns of these years in order. Where two fall together (summer time all year round) the summer's
  /// counts.
  func changes(from first: Int, through last: Int) -> [(at: Int, kind: ZoneTable.Kind)] {
    guard let summer, first <= last else { return [] }
    var all: [(at: Int, kind: ZoneTable.Kind)] = []
    for year in first...last {
      all.append((local(begin, year) - standard.offset, summer))
      all.append((local(finish, year) - summer.offset, standard))
    }
    all.sort { $0.at != $1.at ? $0.at < $1.at : $0.kind == standard && $1.kind == summer }
    var kept: [(at: Int, kind: ZoneTable.Kind)] = []
    for change in all {
      if kept.last?.at == change.at { kept.removeLast() }
      kept.append(change)
    }
    return kept
  }

  private func local(_ turn: Turn, _ year: Int) -> Int {
    let newYear = CivilDay.daysFromCivil(year, 1, 1)
    let day: Int
    switch turn.date {
    case .dayOfYear(let number): day = newYear + number
    case .dayWithoutLeap(let number):
      let isLeap = CivilDay.daysInMonth(2, year: year) == 29
      day = newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let firstOfMonth = CivilDay.daysFromCivil(year, month, 1)
      // 1970-01-01 was a Thursday: weekday 4 when Sunday is 0.
      let firstMatch = firstOfMonth + CivilDay.floorMod(weekday - (firstOfMonth + 4), 7)
      let lastOfMonth = firstOfMonth + CivilDay.daysInMonth(month, year: year) - 1
      let wanted = firstMatch + (week - 1) * 7
      day = wanted > lastOfMonth ? wanted - 7 : wanted
    }
    return day * 86_400 + turn.second
  }
}

extension ZoneRule {
  /// Nil unless the whole text is a rule.
  init?(_ text: some Collection<UInt8>) {
    var reader = Reader(rest: Array(text)[...])
    guard let name = reader.name(), let offset = reader.time(hours: 24) else { return nil }
    standard = ZoneTable.Kind(offset: -offset, label: name)
    guard !reader.rest.isEmpty else {
      summer = nil
      begin = Turn()
      finish = Turn()
      return
    }
    guard let summerName = reader.name() else { return nil }
    var summerOffset = standard.offset + 3_600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let given = reader.time(hours: 24) else { return nil }
      summerOffset = -given
    }
    guard let begin = reader.turn(), let finish = reader.turn(), reader.rest.isEmpty else { return nil }
    summer = ZoneTable.Kind(offset: summerOffset, label: summerName)
    self.begin = begin
    self.finish = finish
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Character) -> Bool {
      guard let byte = character.asciiValue, rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }

    /// At least three letters, or anything of letters, digits and signs between `<` and `>`.
    mutating func name() -> String? {
      let quoted = take("<")
      let found = rest.prefix { byte in
        switch byte {
        case 0x41...0x5A, 0x61...0x7A: true
        case 0x30...0x39, 0x2B, 0x2D: quoted
        default: false
        }
      }
      rest = rest.dropFirst(found.count)
      guard found.count >= 3, !quoted || take(">") else { return nil }
      return String(decoding: found, as: UTF8.self)
    }

    mutating func number(_ allowed: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard (1...3).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return allowed.contains(value) ? value : nil
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    mutating func time(hours most: Int) -> Int? {
      let negative = take("-")
      if !negative { _ = take("+") }
      guard let hours = number(0...most) else { return nil }
      var seconds = hours * 3_600
      for unit in [60, 1] {
        guard take(":") else { break }
        guard let value = number(0...59) else { return nil }
        seconds += value * unit
      }
      return negative ? -seconds : seconds
    }

    mutating func turn() -> Turn? {
      guard take(",") else { return nil }
      var turn = Turn()
      if take("M") {
        guard let month = number(1...12), take("."), let week = number(1...5), take("."),
          let day = number(0...6)
        else { return nil }
        turn.date = .weekday(month: month, week: week, day: day)
      } else if take("J") {
        guard let day = number(1...365) else { return nil }
        turn.date = .dayWithoutLeap(day)
      } else {
        guard let day = number(0...365) else { return nil }
        turn.date = .dayOfYear(day)
      }
      if take("/") {
        guard let second = time(hours: 167) else { return nil }
        turn.second = second
      }
      return turn
    }
  }
}
