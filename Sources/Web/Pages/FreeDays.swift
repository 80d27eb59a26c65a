import Booking
import Primitives

/// Free starts by the days of the zone they are shown in.
struct FreeDays: Sendable {
  let zone: Zone
  private let byDay: [CivilDay: [Offer]]
  /// Days with a free start, in order.
  let days: [CivilDay]

  /// `offers`: in order of their starts; a start that is free at several places is shown once.
  init(_ offers: [Offer], in zone: Zone) {
    self.zone = zone
    var byDay: [CivilDay: [Offer]] = [:]
    var days: [CivilDay] = []
    for offer in offers {
      let day = zone.day(at: offer.start)
      if byDay[day] == nil { days.append(day) }
      if byDay[day]?.last?.start != offer.start { byDay[day, default: []].append(offer) }
    }
    self.byDay = byDay
    self.days = days
  }

  subscript(_ day: CivilDay) -> [Offer] { byDay[day] ?? [] }

  func first(from day: CivilDay) -> CivilDay? { days.first { $0 >= day } }

  /// The day to show: the one asked for; where that is the first of a month, as the arrows between months
  /// ask, the first free one of that month.
  func shown(asked: CivilDay?, today: CivilDay) -> CivilDay {
    guard let asked else { return days.first ?? today }
    guard self[asked].isEmpty, asked == asked.startOfMonth else { return max(asked, today) }
    return first(from: asked).flatMap { $0 < asked.startOfNextMonth ? $0 : nil } ?? max(asked, today)
  }

  /// The starts of one day, by its parts.
  func groups(
    of day: CivilDay,
    showsPlaces: Bool,
    chosen: Instant? = nil,
    url: (Offer) -> String = { _ in "" }
  ) -> [TimeGroup] {
    TimeGroup.groups(self[day], in: zone, heading: PageWords.part(of:)) { offer in
      TimeGroup.Time(
        offer,
        in: zone,
        showsPlaces: showsPlaces,
        isChosen: offer.start == chosen,
        url: url(offer)
      )
    }
  }
}

extension TimeGroup {
  /// Neighbours with the same heading stand together.
  static func groups(
    _ offers: [Offer],
    in zone: Zone,
    heading: (WallTime) -> String,
    _ time: (Offer) -> Time
  ) -> [TimeGroup] {
    var groups: [(heading: String, times: [Time])] = []
    for offer in offers {
      let heading = heading(zone.wallTime(at: offer.start))
      if groups.last?.heading != heading { groups.append((heading, [])) }
      groups[groups.count - 1].times.append(time(offer))
    }
    return groups.map { TimeGroup(heading: $0.heading, times: $0.times) }
  }
}

extension TimeGroup.Time {
  init(_ offer: Offer, in zone: Zone, showsPlaces: Bool, isChosen: Bool, url: String) {
    let wall = zone.wallTime(at: offer.start)
    var offset: String?
    if case .twice(let first, _) = zone.instants(of: wall) {
      let when = offer.start == first ? "before" : "after"
      offset = "\(when) the clock change, \(PageWords.offset(zone.offset(at: offer.start)))"
    }
    self.init(
      label: PageWords.clock(wall),
      offset: offset,
      places: showsPlaces ? PageWords.count(offer.places, "place") + " left" : nil,
      start: zone.rfc3339(offer.start),
      url: url,
      isChosen: isChosen
    )
  }
}
