import Booking
import Desk
import Hummingbird
import People
import Primitives

extension StaffPages {
  /// `GET /staff/{business}/bookings/{id}/access`: who can see it, and the customer who made it.
  @Sendable static func accessList(_ visit: Visit) async throws -> Response {
    try await show(visit) { staff in
      let list = try await staff.desk.listAccess(to: try visit.identifier(), by: staff.person)
      return try visit.page(StaffAccessListPage(list, staff))
    }
  }
}

extension StaffAccessListPage {
  fileprivate init(_ list: AccessList, _ staff: StaffVisit) {
    let booking = list.booking
    let zone = staff.zone(of: booking)
    let words = AccessListWords(zone: zone)
    let service = staff.timetable.service(booking.service)?.name ?? booking.service.text
    func isSeeing(_ line: AccessLine) -> Bool { line.reason != nil }
    let knowing = list.people.filter { $0.sight >= .name || $0.mayReveal || $0.mayFind }.count
    self.init(
      layout: staff.layout("Who can see this"),
      bookingURL: staff.base + "/bookings/\(booking.id)",
      about: service + ", " + PageWords.day(zone.day(at: booking.served.start)) + ", "
        + PageWords.hours(booking.served, in: zone),
      summary: "Of \(list.people.count == 1 ? "one person" : "\(list.people.count) people") "
        + "\(knowing) can see who it is now.",
      seeing: list.people.filter(isSeeing).map { Line($0, words) },
      hasSeeing: list.people.contains(where: isSeeing),
      blind: list.people.filter { !isSeeing($0) }.map { Line($0, words) },
      hasBlind: !list.people.allSatisfy(isSeeing)
    )
  }
}

extension StaffAccessListPage.Line {
  fileprivate init(_ line: AccessLine, _ words: AccessListWords) {
    self.init(
      name: line.person.name,
      role: line.role.name,
      sees: AccessListWords.sees(line),
      contact: AccessListWords.contact(line),
      why: AccessListWords.why(line),
      when: words.when(line),
      looked: words.looked(line)
    )
  }
}
