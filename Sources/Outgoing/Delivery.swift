/// What became of one attempt to hand a message to the mail server.
package enum Delivery: Hashable, Sendable {
  /// The server has taken it over.
  case delivered
  /// Nothing is wrong with the message: it waits and is tried again. It may have arrived all the same when
  /// the connection broke after its last byte, hence the stable Message-ID.
  case temporaryFailure(DeliveryFault)
  /// The server will never take this message for this recipient (5xx): trying again is pointless. A 5xx that is about
  /// us and not about them is temporary: it ends with other settings.
  case permanentFailure(DeliveryFault)
}

/// Why an attempt failed.
///
/// Holds no words of the server's, for they quote addresses.
package struct DeliveryFault: Hashable, Sendable, CustomStringConvertible {
  package let cause: DeliveryCause
  /// The server's last SMTP reply code, when it refused something.
  package let code: Int?

  package init(_ cause: DeliveryCause, code: Int? = nil) {
    self.cause = cause
    self.code = code
  }

  package var description: String { cause.sentence + (code.map { " (SMTP \($0))" } ?? "") }
}

/// The closed set of causes.
///
/// The raw value is stable, for logs and audit entries.
package enum DeliveryCause: String, Hashable, Sendable, CaseIterable {
  case unreachable = "unreachable"
  case timedOut = "timed_out"
  /// The conversation broke off or made no sense.
  case brokenOff = "broken_off"
  case notEncrypted = "not_encrypted"
  case certificateRefused = "certificate_refused"
  case signInRefused = "sign_in_refused"
  case senderRefused = "sender_refused"
  case recipientRefused = "recipient_refused"
  /// Refused at the recipient, but not because of them: the server passes on no mail for us (RFC 3463, 5.7.x).
  case relayRefused = "relay_refused"
  case messageRefused = "message_refused"
  /// Refused before anything was said about a message.
  case serverRefused = "server_refused"
  /// Too many messages wait for a free thread.
  case busy = "busy"
  /// The courier was closed before or while sending.
  case closed = "closed"
  /// libcurl cannot be used as needed.
  case unusable = "unusable"

  /// Whether waiting does not help and the mail settings need to be looked at.
  package var isOfSettings: Bool {
    switch self {
    case .notEncrypted, .certificateRefused, .signInRefused, .senderRefused, .relayRefused, .unusable: true
    default: false
    }
  }

  var sentence: String {
    switch self {
    case .unreachable: "the mail server cannot be reached"
    case .timedOut: "the mail server did not answer in time"
    case .brokenOff: "the conversation with the mail server broke off"
    case .notEncrypted: "the mail server does not offer encryption"
    case .certificateRefused: "the mail server's certificate is not to be trusted"
    case .signInRefused: "the mail server refuses the user name or password"
    case .senderRefused: "the mail server refuses the sender"
    case .relayRefused: "the mail server passes on no mail for us"
    case .recipientRefused: "the mail server refuses the recipient"
    case .messageRefused: "the mail server refuses the message"
    case .serverRefused: "the mail server refuses to serve us"
    case .busy: "too many messages are waiting"
    case .closed: "the server is being stopped"
    case .unusable: "the mail library cannot be used"
    }
  }
}
