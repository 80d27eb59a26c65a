import Audit
package import Booking
package import People
package import Primitives
import Storage
import Vault

/// One booking as a day's list shows it: what the visitor needs at the door, the contact still closed.
package struct DayVisit: Sendable {
  package let booking: BookingRecord
  package let service: Service?
  package let firstName: String
  /// Where the customer is, for visits at the customer's.
  package let address: String?
  /// What the customer answered, by question, in the order asked.
  package let answers: [(question: Slug, answer: String)]
  package let hasContact: Bool
  /// Whether the reader may open the contact now.
  package var mayReveal = false
  /// Name, address and answers are not shown now: the role does not reach them, or not at this time.
  package var isClosed = false
  /// Whether the reader sees address and answers.
  package var showsDetails = true
  /// From when on they are; nil when they never are again.
  package var opensAt: Instant?
  /// Kind of the newest message, when that one could not be delivered; asked for where one booking is opened.
  package var undelivered: String?
}

/// One person's day.
package struct PersonDay: Sendable {
  package let person: StaffMember
  package let working: [WorkingInterval]
  package let timeOff: [TimeOff]
  package let visits: [DayVisit]
}

/// The day of one person or of everybody.
package struct DayView: Sendable {
  package let day: CivilDay
  package let zone: Zone
  package let people: [PersonDay]
  /// Overdue messages, counted up to 100.
  package let waitingMessages: Int

  /// Without those who have no booking and serve nobody within it.
  fileprivate func withoutIdle(_ extent: Extent, _ business: Business) -> DayView {
    let people = people.filter { day in
      !day.visits.isEmpty || !day.person.services.isEmpty && extent.holds(day.person, business)
    }
    return DayView(day: day, zone: zone, people: people, waitingMessages: waitingMessages)
  }
}

extension Desk {
  /// Opens a day as far as the reader's permit reaches: times of all visits within it, and names, addresses and answers of
  /// those that may be seen now; recorded before it returns. Three statements.
  ///
  /// Everybody's is the day of those who serve, and of whoever else has a booking on it: somebody who has left, say.
  ///
  /// - Parameter staff: whose day; nil: of all whose day may be seen.
  /// - Throws: `.unknown` for somebody whose day may not.
  package func openDay(_ day: CivilDay, staff: Slug?, by person: StaffPerson) async throws -> DayView {
    let timetable = try await timetable()
    let extent = try await requireReach(.viewDay, by: person, .dayOpened, for: .visit)
    let people = extent.people(staff, timetable.business)
    let first = people.first { !$0.services.isEmpty } ?? people.first
    guard !people.isEmpty, let zone = timetable.homeZone(of: first), let span = zone.interval(of: day)
    else {
      try await refuse(.dayOpened, by: person.actor, for: .visit, Refusal(.unknown))
    }
    let view = try await openDay(day, span, zone, people, extent, timetable, person)
    return people.count == 1 ? view : view.withoutIdle(extent, timetable.business)
  }

  private func openDay(
    _ day: CivilDay,
    _ span: Interval,
    _ zone: Zone,
    _ people: [StaffMember],
    _ extent: Extent,
    _ timetable: Timetable,
    _ person: StaffPerson
  ) async throws -> DayView {
    let now = clock.now()
    let ids = people.map(\.id)
    let shown = try await show(.dayOpened, to: person, for: .visit) { changes, detail in
      let rows = try changes.day(of: ids, over: span, through: person.holder.sight(now: now), now: now)
      detail.show(rows.visits)
      detail.touchLeave(of: person.holder, showing: rows.visits, now: now)
      return (rows, of: rows.visits.subjects)
    }
    guard let rows = shown else { throw Refusal(.unknown) }
    let visits = try await open(rows.visits, timetable, for: person)
    return DayView(
      day: day,
      zone: zone,
      people: people.map { member in
        PersonDay(
          person: member,
          working: extent.working(member.id, over: span, timetable),
          timeOff: rows.timeOff.filter { $0.staff == member.id },
          visits: visits.filter { $0.booking.staff == member.id }
        )
      },
      waitingMessages: rows.waitingMessages
    )
  }

  /// Opens what a list shows of each visit; a customer whose keys were destroyed shows as erased. One statement.
  func open(
    _ rows: [(BookingRecord, ContactRecord?)],
    _ timetable: Timetable,
    for person: StaffPerson
  ) async throws -> [DayVisit] {
    let contacts = rows.compactMap(\.1)
    let needsP2 = contacts.contains { $0.address != nil || $0.answers != nil }
    let keys = try await keys.open(contacts.map(\.subject), only: needsP2 ? nil : .p1)
    let now = clock.now()
    return try rows.map { booking, contact in
      let service = timetable.service(booking.service)
      guard let contact else {
        return DayVisit(closed: booking, service, opensAt: person.holder.opening(of: booking, now: now))
      }
      guard let keys = keys[contact.subject] else {
        return DayVisit(
          booking: booking,
          service: service,
          firstName: "",
          address: nil,
          answers: [],
          hasContact: false
        )
      }
      return DayVisit(
        booking: booking,
        service: service,
        firstName: DayVisit.firstName(try contact.open(.name, keys) ?? ""),
        address: try contact.open(.address, keys),
        answers: try contact.openAnswers(keys),
        hasContact: contact.phone != nil || contact.email != nil,
        mayReveal: person.holder.decide(.revealContact, on: Target(booking), now: now).isGranted,
        showsDetails: person.holder.decide(.viewBooking, on: Target(booking), level: .p2, now: now).isGranted
      )
    }
  }
}

extension Extent {
  /// Whose days lie in it: those of somebody who is named, or of all who may have a booking in it.
  func people(_ named: Slug?, _ business: Business) -> [StaffMember] {
    business.staff.filter { member in
      named == nil ? mayHold(member.id) : member.id == named && holds(member, business)
    }
  }

  package func holds(_ member: StaffMember, _ business: Business) -> Bool {
    mayHold(member.id, at: business.places(of: member))
  }
}

extension Holder {
  /// When the contact of a visit that is closed to them opens; nil when it does not.
  fileprivate func opening(of booking: BookingRecord, now: Instant) -> Instant? {
    switch decide(.viewBooking, on: Target(booking), level: .p1, now: now) {
    case .refused(.outsideWindow(let opening)): opening
    case .refused, .granted: nil
    }
  }
}

extension ActDetail {
  /// Names the visits that are shown, and the fields when any contact is.
  mutating func show(_ visits: [(BookingRecord, ContactRecord?)]) {
    for (booking, _) in visits { touch(booking: booking.id) }
    let contacts = visits.compactMap(\.1)
    guard !contacts.isEmpty else { return }
    let showsDetails = contacts.contains { $0.address != nil || $0.answers != nil }
    fields = showsDetails ? DayVisit.fields : [ContactField.name.rawValue]
  }
}

extension DayVisit {
  /// One of which only time, service and state are shown.
  fileprivate init(closed booking: BookingRecord, _ service: Service?, opensAt: Instant?) {
    self.init(
      booking: booking,
      service: service,
      firstName: "",
      address: nil,
      answers: [],
      hasContact: false,
      isClosed: true,
      showsDetails: false,
      opensAt: opensAt
    )
  }

  /// The fields an entry names when lists are shown.
  static let fields = [ContactField.address, .answers, .name].map(\.rawValue)

  /// What one calls somebody at the door: the first word of the name.
  static func firstName(_ name: String) -> String {
    name.split(separator: " ", maxSplits: 1).first.map(String.init) ?? name
  }
}

extension Timetable {
  /// The zone of the place where somebody works first.
  func homeZone(of person: StaffMember?) -> Zone? {
    let location = person?.hours.first?.location ?? business.locations.first?.id
    return location.flatMap { zone(of: $0) }
  }
}
