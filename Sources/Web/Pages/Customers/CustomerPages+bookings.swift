import Booking
import Desk
import HTTPTypes
import Hummingbird
import Primitives

extension CustomerPages {
  /// `GET /my/{business}/bookings`: what was booked with this address, and what is held about its holder.
  @Sendable static func bookings(_ visit: Visit) async throws -> Response {
    try await show(visit) { customer in try await customer.bookingsPage() }
  }
}

extension CustomerVisit {
  /// Everything of the customer's, opened and recorded.
  ///
  /// - Parameter refusal: why what was asked for was not done.
  func bookingsPage(refusal: String? = nil, status: HTTPResponse.Status = .ok) async throws -> Response {
    let own = try await desk.openOwnBookings(by: customer)
    return try visit.page(page(of: own, refusal), status: status)
  }

  private func page(of own: OwnBookings, _ refusal: String?) -> CustomerBookingsPage {
    let business = timetable.business
    let coming = own.bookings.filter { $0.manageURL != nil }.sorted {
      $0.booking.served.start < $1.booking.served.start
    }
    let past = own.bookings.filter { $0.manageURL == nil }
    let record = looked(own.record)
    let (newest, earlier) = (record.prefix(5), record.dropFirst(5))
    return CustomerBookingsPage(
      layout: visit.layout(business, title: "Your bookings", hasErrors: refusal != nil, csrf: csrf),
      said: refusal == nil ? CustomerSaid(visit.query)?.sentence : nil,
      refusal: refusal,
      email: own.email,
      signOutURL: base + "/sign-out",
      coming: coming.compactMap(self.coming),
      hasComing: !coming.isEmpty,
      past: past.compactMap(self.past),
      hasPast: !past.isEmpty,
      isCut: own.isCut,
      bookURL: "/book/\(business.id)",
      held: held(own),
      controller: ([business.name] + [business.contact.email, business.contact.phone].compactMap { $0 })
        .joined(separator: ", "),
      record: Array(newest),
      hasRecord: !newest.isEmpty,
      earlier: Array(earlier),
      hasEarlier: !earlier.isEmpty,
      earlierLabel: "Earlier: \(earlier.count)",
      isRecordCut: record.count >= Desk.mostLooks,
      passkeysURL: base + "/passkeys",
      passkeys: own.passkeys.map(passkey),
      hasPasskeys: !own.passkeys.isEmpty,
      mayAddPasskey: own.passkeys.count < Desk.mostCustomerPasskeys
    )
  }

  private func looked(_ record: [RecordEntry]) -> [CustomerBookingsPage.Looked] {
    guard let zone = timetable.firstZone else { return [] }
    let words = RecordWords(timetable: timetable)
    return record.map { entry in
      CustomerBookingsPage.Looked(
        what: RecordWords.whatForCustomer(entry),
        who: words.whoForCustomer(entry.actor),
        why: RecordWords.why(entry.purpose),
        fields: RecordWords.fields(entry.fields),
        at: PageWords.moment(entry.at, in: zone)
      )
    }
  }

  private func passkey(_ own: OwnPasskey) -> CustomerBookingsPage.Passkey {
    func day(_ instant: Instant) -> String {
      timetable.firstZone.map { PageWords.longDay($0.day(at: instant)) } ?? ""
    }
    return CustomerBookingsPage.Passkey(
      text: "Added on \(day(own.madeAt))"
        + (own.usedAt.map { ", last used on \(day($0))" } ?? ", not used yet"),
      removalURL: base + "/passkeys/\(own.id)/removal"
    )
  }

  private func coming(_ own: OwnBooking) -> CustomerBookingsPage.Coming? {
    guard let zone = zone(of: own.booking), let url = own.manageURL else { return nil }
    let visitor = try? ZoneLibrary.system.zone(named: own.booking.visitorZone)
    let business = timetable.business
    return CustomerBookingsPage.Coming(
      appointment: PageWords.appointment(
        service(own.booking),
        own.booking.served,
        in: zone,
        visitor: visitor
      ),
      person: (own.booking.staffNamed ? timetable.staffMember(own.booking.staff)?.name : nil)
        ?? PageWords.anyone,
      place: place(own.booking),
      reference: PageWords.reference(own.booking.id),
      manageURL: "/manage/\(business.id)",
      button: PageWords.waysOn(business.policy, start: own.booking.served.start, now: desk.now),
      code: url.split(separator: "#").last.map(String.init) ?? ""
    )
  }

  private func past(_ own: OwnBooking) -> CustomerBookingsPage.Past? {
    guard let zone = zone(of: own.booking) else { return nil }
    let again = timetable.service(own.booking.service).flatMap { service in
      service.hidden ? nil : "/book/\(timetable.business.id)?service=\(service.id)"
    }
    return CustomerBookingsPage.Past(
      service: service(own.booking),
      day: PageWords.longDay(zone.day(at: own.booking.served.start)),
      hours: PageWords.hours(own.booking.served, in: zone),
      staff: own.booking.staffNamed ? timetable.staffMember(own.booking.staff)?.name : nil,
      state: PageWords.state(own.booking.state),
      againURL: again
    )
  }

  private func held(_ own: OwnBookings) -> [CustomerBookingsPage.Held] {
    let texts = [
      ("Name", own.names), ("E-mail address", [own.email]), ("Phone number", own.phones),
      ("Address of a visit", own.addresses),
    ]
    let answers = own.bookings.flatMap { own in
      own.answers.map { answer in
        let zone = self.zone(of: own.booking)
        let day = zone.map { PageWords.longDay($0.day(at: own.booking.served.start)) }
        let until = answer.until.flatMap { until in zone.map { PageWords.longDay($0.day(at: until)) } }
        return CustomerBookingsPage.Held(
          what: answer.question,
          about: [service(own.booking), day].compactMap { $0 }.joined(separator: ", "),
          values: [answer.answer],
          until: until
        )
      }
    }
    return texts.filter { !$0.1.isEmpty }.map {
      CustomerBookingsPage.Held(what: $0.0, about: nil, values: $0.1, until: nil)
    } + answers
  }

  private func zone(of booking: BookingRecord) -> Zone? {
    timetable.zone(of: booking.location) ?? timetable.firstZone
  }

  private func place(_ booking: BookingRecord) -> String {
    let location = timetable.location(booking.location)
    return timetable.service(booking.service).map { PageWords.place($0, at: location).beginningUpper }
      ?? location?.name ?? booking.location.text
  }

  private func service(_ booking: BookingRecord) -> String {
    timetable.service(booking.service)?.name ?? booking.service.text
  }
}
