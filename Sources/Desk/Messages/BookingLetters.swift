import Audit
import Booking
import Messages
import Outgoing
import Primitives
import Storage
import Vault

extension Desk {
  /// A message about a booking in words; nil when nobody is left to tell, or nothing to remind of.
  func letter(_ row: OutboxRow, from server: MailServer) async throws -> WrittenMessage? {
    guard let (booking, contact) = try await store.read({ try $0.visit(row.booking) }),
      let keys = try await keys.open(contact.subject),
      let kind = MessageKind(rawValue: row.kind),
      kind != .reminder || booking.state == .booked,
      let email = try contact.open(.email, keys)
    else { return nil }
    let letter = try await letter(
      kind,
      row,
      booking,
      to: Mailbox(name: try contact.open(.name, keys) ?? "", address: try EmailAddress(email)),
      from: server
    )
    var detail = ActDetail()
    detail.touch(booking: booking.id)
    detail.touch(subject: contact.subject)
    detail.fields = [ContactField.email, .name].map(\.rawValue)
    return WrittenMessage(mail: try letter.mail(), detail: detail)
  }

  private func letter(
    _ kind: MessageKind,
    _ row: OutboxRow,
    _ booking: BookingRecord,
    to customer: Mailbox,
    from server: MailServer
  ) async throws -> Letter {
    let timetable = try await timetable()
    let business = timetable.business
    let service = business.service(booking.service)
    let location = business.location(booking.location)
    guard let zone = timetable.zone(of: booking.location) ?? timetable.homeZone(of: nil) else {
      throw StorageFault.damaged("booking.location")
    }
    return Letter(
      kind: kind,
      business: business.name,
      contact: business.contact,
      policy: business.policy,
      service: service?.name ?? booking.service.text,
      served: booking.served,
      zone: zone,
      visitorZone: (try? zones.zone(named: booking.visitorZone)) ?? zone,
      place: LetterPlace(service?.place ?? .location, location),
      staff: booking.staffNamed ? business.staffMember(booking.staff)?.name : nil,
      customer: customer,
      organiser: Mailbox(name: business.name, address: server.sender),
      link: manageURL(of: booking, mailed: true),
      booking: booking.id,
      sequence: row.sequence,
      checkpoint: try await store.auditHead().checkpoint,
      sent: clock.now(),
      id: row.id
    )
  }
}

extension LetterPlace {
  fileprivate init(_ place: Place, _ location: Location?) {
    switch place {
    case .location: self = .location(name: location?.name ?? "", address: location?.address)
    case .customer: self = .yours
    case .phone: self = .phone
    case .video: self = .video
    }
  }
}
