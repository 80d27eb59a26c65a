import Audit
import Booking
import Messages
import Outgoing
import Primitives
import Storage
import Vault

extension Desk {
  /// Attempts, minutes apart, before a message is given up: about two days in all.
  private static let pauses = [1, 5, 15, 60, 180, 360, 720, 1_440]
  private static let atOnce = 20
  /// Seconds for which a message is this process's; longer than the courier tries. Should the process die meanwhile, the
  /// message is delivered after them.
  private static let claim = 300

  /// Delivers what is due, at least once each, with a stable Message-ID. With no mail server set nothing is opened and
  /// everything waits; when another one is set meanwhile, nothing more goes through the old one.
  ///
  /// - Returns: how many messages were handed over.
  /// - Throws: what went wrong with a message on our side, after all others were tried; it waits and is tried again,
  ///   or is given up when its letter can never be written.
  @discardableResult
  package func deliverMessages() async throws -> Int {
    guard let (server, version) = try await versionedMailServer() else { return 0 }
    let now = clock.now()
    let due = try await store.read { try $0.dueMessages(at: now, atMost: Desk.atOnce) }
    var delivered = 0
    var fault: (any Error)?
    for row in due {
      do {
        let until = clock.now() + Desk.claim
        let claimed = try await store.change { changes -> Bool? in
          guard try changes.mailSettings()?.rowVersion == version else { return nil }
          return try changes.claim(row, until: until)
        }
        guard let claimed else { break }
        if claimed, try await deliver(row, through: server, version) { delivered += 1 }
      } catch StorageFault.away(let reason) {
        throw StorageFault.away(reason)
      } catch let unwritable as UnwritableMessage {
        fault = fault ?? unwritable
        try await settle(row, as: .failed)
      } catch {
        // One message that cannot be opened must not hold up the others.
        fault = fault ?? error
        try await postpone(row, version)
      }
    }
    if let fault { throw fault }
    return delivered
  }

  private func deliver(_ row: OutboxRow, through server: MailServer, _ version: Int) async throws -> Bool {
    guard let (booking, contact) = try await store.read({ try $0.visit(row.booking) }),
      let keys = try await keys.open(contact.subject),
      let kind = MessageKind(rawValue: row.kind),
      kind != .reminder || booking.state == .booked,
      let email = try contact.open(.email, keys)
    else {
      // Nobody is left to tell, or nothing to remind of.
      try await act(.messageSettled, by: .server, for: .delivery) { changes, detail in
        try changes.withdraw(row.id)
        detail.records = ["message/\(row.id)"]
        detail.touch(booking: row.booking)
      }
      return false
    }
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
    try await recordReading(.messageOpened, by: .server, for: .delivery, detail)

    let delivery = await courier.send(
      try written(letter, of: booking.id),
      to: letter.customer.address,
      through: server
    )
    mailHealth.note(delivery, version)
    switch delivery {
    case .delivered:
      try await settle(row, as: .sent)
      return true
    case .permanentFailure:
      try await settle(row, as: .failed)
    case .temporaryFailure:
      try await postpone(row, version)
    }
    return false
  }

  private func written(_ letter: Letter, of booking: Identifier) throws -> [UInt8] {
    do {
      return try letter.mail().bytes()
    } catch HeaderFault.controlCharacter(let header) {
      throw UnwritableMessage(booking: booking, fault: HeaderFault.controlCharacter(header))
    }
  }

  /// Tries again later; at once when the server that failed is no longer the one that is set.
  private func postpone(_ row: OutboxRow, _ version: Int) async throws {
    if row.attempts < Desk.pauses.count {
      let pause = Int.minutes(Desk.pauses[row.attempts])
      try await settle(row, as: .waiting, pause: (pause, version))
    } else {
      try await settle(row, as: .failed)
    }
  }

  private func settle(
    _ row: OutboxRow,
    as state: OutboxState,
    pause: (seconds: Int, version: Int)? = nil
  ) async throws {
    let now = clock.now()
    try await act(.messageSettled, by: .server, for: .delivery) { changes, detail in
      var nextAt: Instant?
      if let pause {
        nextAt = try changes.mailSettings()?.rowVersion == pause.version ? now + pause.seconds : now
      }
      try changes.settle(row.id, as: state, nextAt: nextAt)
      detail.records = ["message/\(row.id)"]
      detail.touch(booking: row.booking)
    }
    mailHealth.forget()
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
