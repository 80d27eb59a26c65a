import Audit
import Messages
import Outgoing
import Primitives
import Storage

extension Desk {
  /// Attempts, minutes apart, before a message is given up: about two days in all.
  private static let pauses = [1, 5, 15, 60, 180, 360, 720, 1_440]
  private static let atOnce = 20
  /// Seconds for which a message is this process's; longer than the courier tries. Should the process die meanwhile, the
  /// message is delivered after them.
  private static let claim = 300

  /// Delivers what is due, at least once each, with a stable Message-ID: messages about bookings and about signing in, the
  /// latter first, since somebody waits for them. With no mail server set nothing is opened and everything waits; when
  /// another one is set meanwhile, nothing more goes through the old one.
  ///
  /// - Returns: how many messages were handed over.
  /// - Throws: what went wrong with a message on our side, after all others were tried; it waits and is tried again,
  ///   or is given up when its letter can never be written.
  @discardableResult
  package func deliverMessages() async throws -> Int {
    guard let (server, version) = try await versionedMailServer() else { return 0 }
    let now = clock.now()
    let due = try await store.read { records in
      try records.dueNotices(at: now, atMost: Desk.atOnce).map(DueMessage.notice)
        + records.dueMessages(at: now, atMost: Desk.atOnce).map(DueMessage.booking)
    }
    var delivered = 0
    var fault: (any Error)?
    for message in due {
      do {
        let until = clock.now() + Desk.claim
        let claimed = try await store.change { changes -> Bool? in
          guard try changes.mailSettings()?.rowVersion == version else { return nil }
          return try message.claim(until: until, in: changes)
        }
        guard let claimed else { break }
        if claimed, try await deliver(message, through: server, version) { delivered += 1 }
      } catch StorageFault.away(let reason) {
        throw StorageFault.away(reason)
      } catch let unwritable as UnwritableMessage {
        fault = fault ?? unwritable
        try await settle(message, as: .failed)
      } catch {
        // One message that cannot be opened must not hold up the others.
        fault = fault ?? error
        try await postpone(message, version)
      }
    }
    if let fault { throw fault }
    return delivered
  }

  private func deliver(_ message: DueMessage, through server: MailServer, _ version: Int) async throws -> Bool
  {
    guard let written = try await write(message, from: server) else {
      // Nobody is left to tell, or nothing to tell any more.
      try await act(message.settled, by: .server, for: .delivery) { changes, detail in
        try message.withdraw(in: changes)
        message.touch(&detail)
      }
      return false
    }
    try await recordReading(message.opened, by: .server, for: .delivery, written.detail)
    let delivery = await courier.send(
      try bytes(of: written.mail, message),
      to: written.mail.to.address,
      through: server
    )
    mailHealth.note(delivery, version)
    switch delivery {
    case .delivered:
      try await settle(message, as: .sent)
      return true
    case .permanentFailure:
      try await settle(message, as: .failed)
    case .temporaryFailure:
      try await postpone(message, version)
    }
    return false
  }

  /// The message in words; nil when nobody needs it any more.
  private func write(_ message: DueMessage, from server: MailServer) async throws -> WrittenMessage? {
    switch message {
    case .booking(let row): try await letter(row, from: server)
    case .notice(let row): row.expiresAt > clock.now() ? try await noticeLetter(row, from: server) : nil
    }
  }

  private func bytes(of mail: Mail, _ message: DueMessage) throws -> [UInt8] {
    do {
      return try mail.bytes()
    } catch HeaderFault.controlCharacter(let header) {
      throw UnwritableMessage(message: message, fault: HeaderFault.controlCharacter(header))
    }
  }

  /// Tries again later; at once when the server that failed is no longer the one that is set, never when the message would
  /// come too late to say anything.
  private func postpone(_ message: DueMessage, _ version: Int) async throws {
    guard message.attempts < Desk.pauses.count else { return try await settle(message, as: .failed) }
    let pause = Int.minutes(Desk.pauses[message.attempts])
    if let end = message.end, clock.now() + pause >= end { return try await settle(message, as: .failed) }
    try await settle(message, as: .waiting, pause: (pause, version))
  }

  private func settle(
    _ message: DueMessage,
    as state: OutboxState,
    pause: (seconds: Int, version: Int)? = nil
  ) async throws {
    let now = clock.now()
    try await act(message.settled, by: .server, for: .delivery) { changes, detail in
      var nextAt: Instant?
      if let pause {
        nextAt = try changes.mailSettings()?.rowVersion == pause.version ? now + pause.seconds : now
      }
      try message.settle(as: state, nextAt: nextAt, in: changes)
      message.touch(&detail)
    }
    mailHealth.forget()
  }
}
