import Audit
package import Booking
import People
package import Primitives
import Storage

/// How full a day is: counts and times only, no customer.
package struct WeekDayLoad: Sendable {
  package let day: CivilDay
  package let bookings: Int
  /// Seconds.
  package let booked: Int
  package let working: Int
  package let holiday: String?
}

package struct WeekView: Sendable {
  /// A Monday.
  package let monday: CivilDay
  package let zone: Zone
  package let people: [(person: StaffMember, days: [WeekDayLoad])]
  /// Who of them works here no longer.
  package let left: Set<Slug>
}

extension Desk {
  /// A week's load. P0, so nothing is recorded but a refusal.
  ///
  /// - Parameter staff: whose week; nil: of all whose days may be seen.
  package func openWeek(of day: CivilDay, staff: Slug?, by person: StaffPerson) async throws -> WeekView {
    let timetable = try await timetable()
    let extent = try await requireReach(.viewDay, by: person, .dayOpened, for: .visit)
    let people = extent.people(staff, timetable.business)
    let first = people.first { !$0.services.isEmpty } ?? people.first
    let monday = day.startOfWeek
    guard !people.isEmpty, let zone = timetable.homeZone(of: first),
      let span = Interval(start: zone.startOfDay(monday), end: zone.startOfDay(monday + 7))
    else { try await refuse(.dayOpened, by: person.actor, for: .visit, Refusal(.unknown)) }
    let ids = people.map(\.id)
    let (found, left) = try await store.read { records in
      (try records.bookings(staff: ids, over: span), Set(try records.leavers().keys))
    }
    let bookings = found.filter { extent.contains(Target($0)) }
    return WeekView(
      monday: monday,
      zone: zone,
      people: people.compactMap { member in
        let own = bookings.filter { $0.staff == member.id }
        let isHere = !member.services.isEmpty && extent.holds(member, timetable.business)
        guard people.count == 1 || isHere || !own.isEmpty else { return nil }
        return (member, (0..<7).map { load(monday + $0, own, member, zone, extent, timetable) })
      },
      left: left
    )
  }

  private func load(
    _ day: CivilDay,
    _ bookings: [BookingRecord],
    _ member: StaffMember,
    _ zone: Zone,
    _ extent: Extent,
    _ timetable: Timetable
  ) -> WeekDayLoad {
    guard let span = zone.interval(of: day) else {
      return WeekDayLoad(day: day, bookings: 0, booked: 0, working: 0, holiday: nil)
    }
    let today = bookings.filter { span.contains($0.served.start) }
    // Seats of one class are one stretch of the person's time.
    let stretches = Set(today.map(\.served))
    let location = timetable.business.location(
      member.hours.first?.location ?? timetable.business.locations[0].id
    )
    return WeekDayLoad(
      day: day,
      bookings: today.count,
      booked: stretches.reduce(0) { $0 + $1.length },
      working: extent.working(member.id, over: span, timetable).reduce(0) { sum, working in
        sum + (working.interval.intersection(span)?.length ?? 0)
      },
      holiday: location?.holidays.first { $0.day == day }?.name
    )
  }
}

extension Extent {
  /// Somebody's working time as far as it lies within: what they do at other places is not told.
  func working(_ staff: Slug, over span: Interval, _ timetable: Timetable) -> [WorkingInterval] {
    let working = timetable.working(staff: staff, over: span)
    return isEverything
      ? working : working.filter { contains(Target(staff: staff, locations: [$0.location])) }
  }
}
