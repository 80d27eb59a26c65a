import CCurl
package import Primitives

/// Hands messages to mail servers by SMTP, one connection each, on threads of its own.
///
/// libcurl blocks while it speaks, so it never runs on Swift's cooperative pool: callers suspend, at most
/// `threads` conversations go on at once and at most 256 messages wait for one. An attempt that has begun is
/// not cut short by its caller's cancellation, since nobody could tell then whether the message left.
package final class Courier: Sendable {
  private let line: CourierLine
  private let limits: CourierLimits

  /// - Parameters:
  ///   - threads: conversations at once.
  ///   - limits: how long one may take, and whom to trust besides the system's certificate authorities.
  package init(threads: Int = 2, limits: CourierLimits = CourierLimits()) {
    self.limits = limits
    line = CourierLine(threads: threads)
  }

  deinit { line.close() }

  /// Tries once to deliver a message that is written as RFC 5322 has it, lines ended by CRLF.
  ///
  /// The envelope sender is the server's ``MailServer/sender``. TLS 1.2 or later with a verified certificate,
  /// unless the server is on this machine and was set so; when STARTTLS was chosen and is not offered,
  /// nothing is said.
  package func send(_ message: [UInt8], to recipient: EmailAddress, through server: MailServer) async
    -> Delivery
  {
    let transfer = SMTPTransfer(message: message, recipient: recipient, server: server, limits: limits)
    return await line.perform(transfer)
  }

  /// Answers what waits, breaks off what is under way (within about a second) and ends the threads.
  package func close() async {
    line.close()
    await line.ended()
  }
}

/// The bounds of one conversation.
package struct CourierLimits: Hashable, Sendable {
  package var connect: Duration
  package var whole: Duration
  /// PEM file of certificate authorities for private mail servers; the system's folder of authorities still
  /// counts.
  package var authorities: String?

  package init(connect: Duration = .seconds(10), whole: Duration = .seconds(30), authorities: String? = nil) {
    self.connect = connect
    self.whole = whole
    self.authorities = authorities
  }
}
