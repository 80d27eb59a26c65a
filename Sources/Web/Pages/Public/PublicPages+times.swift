import Booking
import Desk
import Hummingbird
import Primitives

extension PublicPages {
  /// As many days as one question may ask for.
  private static let mostDays = 62

  /// The days and times of one service.
  static func times(_ visit: Visit, _ desk: Desk, _ choice: BookingChoice) async throws -> Response {
    let zone = choice.zone
    let today = zone.day(at: desk.now)
    let last = BookableDays.lastDay(of: choice.service, today: today)
    // Nothing is free in the past nor beyond the window: such days are asked about as the nearest possible
    // one.
    let asked = choice.day.map { min(max($0, today.startOfMonth), max(today, last)) }
    let first = max(today, asked?.startOfMonth ?? today)
    guard let span = Interval(start: zone.startOfDay(first), end: zone.startOfDay(first + mostDays)) else {
      throw Refusal.invalid("day", .notADay)
    }
    let free = FreeDays(try await desk.offers(choice.question(over: span)), in: zone)
    let day = free.shown(asked: asked, today: today)
    return try visit.page(timesPage(visit, choice, free, day, today: today, last: last), personal: false)
  }

  private static func timesPage(
    _ visit: Visit,
    _ choice: BookingChoice,
    _ free: FreeDays,
    _ day: CivilDay,
    today: CivilDay,
    last: CivilDay
  ) -> BookTimesPage {
    let service = choice.service
    let groups = free.groups(of: day, showsPlaces: service.capacity > 1) { choice.url(start: $0.start) }
    let next = groups.isEmpty ? free.first(from: day) ?? free.days.first : nil
    let noon = choice.zone.startOfDay(day) + .hours(12)
    return BookTimesPage(
      layout: visit.layout(choice.business, title: "Choose a time"),
      servicesURL: choice.servicesURL,
      service: BookTimesPage.Service(
        name: service.name,
        description: service.description,
        length: PageWords.length(choice.minutes),
        price: service.price.map { PageWords.price($0, choice.business.currency) },
        place: PageWords.place(service, at: choice.place)
      ),
      choosers: choice.choosers,
      zone: ZonePicker(
        words: PageWords.zone(choice.zone, at: noon),
        current: choice.zone.name,
        isChosen: choice.isZoneChosen,
        action: choice.servicesURL,
        carried: choice.carried + (choice.day.map { [Hidden(name: "day", value: $0.description)] } ?? [])
      ),
      month: MonthGrid(of: day, free: free, today: today, last: last) { choice.url(day: $0, at: $1) },
      chosenDay: PageWords.day(day),
      groups: groups,
      hasTimes: !groups.isEmpty,
      noTimes: groups.isEmpty ? choice.noTimes(hasOthers: next != nil) : nil,
      nextFree: next.map {
        BookTimesPage.NextFree(label: PageWords.day($0), url: choice.url(day: $0, at: "times"))
      },
      elsewhere: choice.elsewhere
    )
  }
}

extension BookingChoice {
  /// Who, how long and where; with one option there is nothing to choose.
  var choosers: [Chooser] {
    let who = [person(nil)] + people.map { person($0) }
    let long = service.durations.map { minutes in
      var other = self
      other.minutes = minutes
      return LinkOption(
        label: PageWords.length(minutes),
        url: other.url(day: day),
        isChosen: minutes == self.minutes
      )
    }
    let places = service.place == .location ? self.places : []
    let whereTo = places.map { place in
      var other = self
      other.location = place
      return LinkOption(label: place.name, url: other.url(day: day), isChosen: place.id == location?.id)
    }
    return [
      people.count > 1 ? Chooser(heading: "Who", options: who) : nil,
      long.count > 1 ? Chooser(heading: "How long", options: long) : nil,
      whereTo.count > 1 ? Chooser(heading: "Where", options: whereTo) : nil,
    ].compactMap { $0 }
  }

  private func person(_ person: StaffMember?) -> LinkOption {
    var other = self
    other.staff = person
    return LinkOption(
      label: person?.name ?? "Anyone",
      url: other.url(day: day),
      isChosen: person?.id == staff?.id
    )
  }

  /// To where the chosen person works; nil where they work at the chosen place.
  fileprivate var elsewhere: LinkOption? {
    guard let staff, let location, !staff.works(at: location.id),
      let place = places.first(where: { staff.works(at: $0.id) })
    else { return nil }
    var other = self
    other.location = place
    return LinkOption(label: "\(staff.name) at \(place.name)", url: other.url(day: day), isChosen: false)
  }

  fileprivate func noTimes(hasOthers: Bool) -> String {
    if hasOthers { return "Nothing is free on this day." }
    if let staff, let location, !staff.works(at: location.id) {
      return "\(staff.name) does not work at \(location.name)."
    }
    if let staff { return "\(staff.name) has no free time in these two months. Somebody else may." }
    return "Nothing is free in these two months. Please get in touch with us."
  }
}
