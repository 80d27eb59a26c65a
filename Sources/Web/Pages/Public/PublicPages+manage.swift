import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension PublicPages {
  /// Answers `POST /manage/{business}`.
  @Sendable static func manage(_ visit: Visit) async throws -> Response {
    try await managing(visit) { try await $0.bookingPage() }
  }

  /// Answers `POST /manage/{business}/times`.
  @Sendable static func timesToMove(_ visit: Visit) async throws -> Response {
    try await managing(visit) { manage in
      try await manage.orBookingPage { try await manage.timesPage() }
    }
  }

  /// `POST /manage/{business}/reschedule`: a time that is gone by now is answered with the times that are
  /// left.
  @Sendable static func reschedule(_ visit: Visit) async throws -> Response {
    try await managing(visit) { manage in
      try await manage.orBookingPage {
        guard let text = manage.form.filled("start") else {
          return try await manage.timesPage(error: "Please choose a time.", status: .unprocessableContent)
        }
        guard let start = Instant(rfc3339: text) else { throw Refusal.invalid("start", .notATime) }
        do {
          let ticket = try await manage.desk.rescheduleManagedBooking(
            code: manage.code,
            version: try manage.version(),
            start: start
          )
          let text = "We will send you a message with the new time and a new calendar entry."
          return try await manage.donePage("Your booking was moved", [text], ticket)
        } catch let refusal as Refusal where refusal.code == .slotTaken || refusal.code == .notOffered {
          return try await manage.timesPage(error: refusal.code.sentence, status: .conflict)
        }
      }
    }
  }

  /// Answers `POST /manage/{business}/cancellation`.
  @Sendable static func cancel(_ visit: Visit) async throws -> Response {
    try await managing(visit) { manage in
      try await manage.orBookingPage {
        _ = try await manage.desk.cancelManagedBooking(code: manage.code, version: try manage.version())
        let text = "The time is free for somebody else now. We will send you a message that confirms it."
        return try await manage.donePage("Your booking is cancelled", [text], nil)
      }
    }
  }

  /// Answers `POST /manage/{business}/confirmation`.
  @Sendable static func confirm(_ visit: Visit) async throws -> Response {
    try await managing(visit) { manage in
      let ticket = try await manage.desk.confirmContact(code: manage.code)
      return try await manage.donePage("Thank you", ["Now we know that this address is yours."], ticket)
    }
  }
}

extension ManageVisit {
  /// Where the booking no longer allows what was asked, it is shown as it stands, with the reason.
  fileprivate func orBookingPage(_ body: () async throws -> Response) async throws -> Response {
    do {
      return try await body()
    } catch let refusal as Refusal
      where [.stale, .tooLate, .alreadyEnded, .movedTooOften].contains(refusal.code)
    {
      return try await bookingPage(refusal: refusal.code)
    }
  }

  fileprivate func version() throws -> Int {
    guard let version = form.filled("version").flatMap({ Int($0) }) else {
      throw Refusal.invalid("version", .notANumber)
    }
    return version
  }

  /// Times to move to, in the zone the customer booked in or asks for.
  fileprivate func timesPage(error: String? = nil, status: HTTPResponse.Status = .ok) async throws -> Response
  {
    let booking = try await desk.openManagedBooking(code: code)
    guard booking.state == .booked else { throw Refusal(.alreadyEnded) }
    let placeZone = try ZoneLibrary.system.zone(named: booking.zone)
    let asked = form.filled("zone").flatMap { try? ZoneLibrary.system.zone(named: $0) }
    let booked = try? ZoneLibrary.system.zone(named: booking.visitorZone)
    let zone = asked ?? booked ?? placeZone
    let today = zone.day(at: desk.now)
    let last = BookableDays.lastDay(of: booking.service, today: today)
    let day = form.filled("day").flatMap { CivilDay($0) }.map {
      min(max($0, today.startOfMonth), max(today, last))
    }
    let first = max(today, day?.startOfMonth ?? today)
    guard let span = Interval(start: zone.startOfDay(first), end: zone.startOfDay(first + 62)) else {
      throw Refusal.invalid("day", .notADay)
    }
    let (_, offers) = try await desk.timesToMove(code: code, span: span)
    let free = FreeDays(offers.filter { $0.start != booking.served.start }, in: zone)
    let shown = free.shown(asked: day, today: today)
    var errors = FormErrors([])
    if let error { errors.add("start", error) }
    let groups = free.groups(of: shown, showsPlaces: booking.service.capacity > 1)
    let page = ManageTimesPage(
      layout: visit.layout(business, title: "Choose another time", hasErrors: error != nil),
      appointment: PageWords.appointment(booking.service.name, booking.served, in: placeZone, visitor: zone),
      code: code,
      version: String(booking.version),
      errors: errors.summary,
      bookingURL: base,
      timesURL: base + "/times",
      rescheduleURL: base + "/reschedule",
      zone: ZonePicker(
        words: PageWords.zone(zone, at: zone.startOfDay(shown) + .hours(12)),
        current: zone.name,
        isChosen: asked != nil,
        action: base + "/times",
        carried: [Hidden(name: "code", value: code), Hidden(name: "day", value: shown.description)]
      ),
      month: MonthGrid(of: shown, free: free, today: today, last: last) { _, _ in "" },
      chosenDay: PageWords.day(shown),
      day: shown.description,
      groups: groups,
      hasTimes: !groups.isEmpty,
      noTimes: groups.isEmpty ? ManageVisit.noTimes(next: free.first(from: shown)) : nil
    )
    return try visit.page(page, status: status)
  }

  private static func noTimes(next: CivilDay?) -> String {
    next.map { "Nothing is free on this day. The next free day is \(PageWords.day($0))." }
      ?? "Nothing is free in these two months. Please call us."
  }
}
